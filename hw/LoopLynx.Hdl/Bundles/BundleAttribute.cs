namespace LoopLynx.Hdl;

/// <summary>
/// Put on a <c>public readonly partial record struct Pixel(Signal R, Signal G, Signal B);</c>, it gives the record what signals have: ports, <c>Pack</c>, <c>Mux</c>, <c>Registered</c>, <c>Drive</c>,
/// and <c>Pixel.Value</c>, its plain twin for test benches. The code is generated and may be read in the editor.
/// </summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class BundleAttribute : Attribute;

/// <summary>Put on a field of a bundle, it says that the signal may have several lanes: in the plain twin it is a list of integers.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LanesAttribute : Attribute;
