namespace LoopLynx.Hdl;

/// <summary>A field of a module that stands for several ports, such as a stream.</summary>
internal interface IPortGroup
{
    /// <summary>The ports in emission order, already named.</summary>
    IEnumerable<Signal> Ports { get; }
}

/// <summary>A class of signals and streams that a module declares as one field: a bus of its own.</summary>
public interface IPortBundle
{
    /// <summary>The ports, streams and bundles inside, in emission order.</summary>
    IEnumerable<object> Members { get; }
}
