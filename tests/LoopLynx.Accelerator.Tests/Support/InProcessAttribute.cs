using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>
/// As <see cref="EveryEngineAttribute"/> without Verilator, whose builds take long: for the units of a kernel. The kernels themselves run on every engine.
/// Arguments, where there are some, follow the engine.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class InProcessAttribute(params object[] arguments) : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. TestEngines.Kinds.Where(kind => kind != EngineKind.Verilator).Select(kind => new TheoryDataRow([kind, .. arguments]))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
