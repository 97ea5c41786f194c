using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>Several plain ports (no handshake) that belong together, as a positional record of signals.</summary>
public sealed class SignalGroup<T> : IPortGroup
{
    internal SignalGroup(string name, IReadOnlyList<HdlType> types, PortDirection direction, string file, int line) =>
        Data = StreamPorts.Data<T>(name, types, direction, file, line);

    /// <summary>The signals.</summary>
    public T Data { get; }

    IEnumerable<Signal> IPortGroup.Ports => Payload<T>.Fields(Data);

    /// <summary>Drives every signal of the group.</summary>
    public void Drive(T value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        foreach (var ((to, from), name) in Payloads.Zip(Data, value).Zip(Payload<T>.Names))
        {
            Builder.Current.DriveField(name, to, from, new SourceLocation(file, line));
        }
    }
}

/// <summary>Groups of plain ports.</summary>
public static partial class Hardware
{
    /// <summary>Input ports <c>Name_field</c>; <paramref name="shape"/> is the record with a type for each field.</summary>
    public static SignalGroup<T> Inputs<T>(T shape, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(name, Payloads.TypesOf(shape), PortDirection.Input, file, line);

    /// <summary>Output ports <c>Name_field</c>; <paramref name="shape"/> is the record with a type for each field.</summary>
    public static SignalGroup<T> Outputs<T>(T shape, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(name, Payloads.TypesOf(shape), PortDirection.Output, file, line);

    /// <summary>Input ports <c>Name_field</c>, one for each field of the record.</summary>
    public static SignalGroup<T> Inputs<T>(IReadOnlyList<HdlType> types, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(name, types, PortDirection.Input, file, line);

    /// <summary>Output ports <c>Name_field</c>, one for each field of the record.</summary>
    public static SignalGroup<T> Outputs<T>(IReadOnlyList<HdlType> types, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(name, types, PortDirection.Output, file, line);
}
