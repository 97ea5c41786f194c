namespace LoopLynx.Hdl;

/// <summary>A field of a module that stands for several ports, such as a stream.</summary>
internal interface IPortGroup
{
    /// <summary>The ports in emission order, already named.</summary>
    IEnumerable<Signal> Ports { get; }
}
