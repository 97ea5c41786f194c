using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>
/// A valid/ready stream. A beat moves at a clock edge where both are 1. The producer keeps <see cref="Valid"/> and the data stable until then;
/// <see cref="Ready"/> may depend on <see cref="Valid"/>, never the other way round.
/// A stream has exactly one consumer, which drives <see cref="Ready"/>.
/// </summary>
/// <typeparam name="T">A <see cref="Signal"/>, or a positional record of signals.</typeparam>
public class Stream<T>
{
    internal Stream(Signal valid, Signal ready, T data)
    {
        Valid = valid;
        Ready = ready;
        Data = data;
    }

    /// <summary>The producer offers a beat.</summary>
    public Signal Valid { get; }

    /// <summary>The consumer takes the beat that is offered.</summary>
    public Signal Ready { get; }

    /// <summary>The payload; meaningful while <see cref="Valid"/> is 1.</summary>
    public T Data { get; }

    /// <summary>A beat moves at this edge.</summary>
    public Signal Fire => Valid & Ready;

    internal IReadOnlyList<Signal> Fields => Payload<T>.Fields(Data);

    /// <summary>Makes this stream (an output port, or the input of an instance) carry <paramref name="source"/>.</summary>
    public void Drive(Stream<T> source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Valid.Drive(source.Valid, file, line);
        foreach (var ((to, from), name) in Fields.Zip(source.Fields).Zip(Payload<T>.Names))
        {
            if (to.Literal is { } value)
            {
                Builder.Current.RequireConstant(name, from, value, new SourceLocation(file, line));
            }
            else
            {
                Builder.Current.DriveField(name, to, from, new SourceLocation(file, line));
            }
        }

        source.Ready.Drive(Ready, file, line);
    }

    /// <summary>A stream inside a module, from its producer's side: the consumer will drive the ready wire.</summary>
    internal static Stream<T> Produce(Signal valid, T data, string name, SourceLocation location)
    {
        var builder = Builder.Current;
        var ready = builder.NewWire(new HdlType(1, false), builder.Unique($"{name}_ready"), location);
        builder.NoteReady(ready);
        var result = new Stream<T>(valid, builder.Wrap(ready), data);
        builder.NoteStream(Identifiers.Clean(name), valid, result.Ready, result.Fields);
        return result;
    }
}

/// <summary>A stream that a module consumes: a field made with <see cref="Hardware.In{T}"/>.</summary>
public sealed class StreamIn<T> : Stream<T>, IPortGroup
{
    internal StreamIn(string name, IReadOnlyList<HdlType> types, string file, int line)
        : base(
            Hardware.Input(new HdlType(1, false), name + StreamPorts.ValidSuffix, file, line),
            Hardware.Output(new HdlType(1, false), $"{name}_ready", file, line),
            StreamPorts.Data<T>(name, types, PortDirection.Input, file, line)) =>
        StreamDeclaration.Of(this, StreamPorts.ValidSuffix);

    IEnumerable<Signal> IPortGroup.Ports => [Valid, .. Fields, Ready];
}

/// <summary>A stream that a module produces: a field made with <see cref="Hardware.Out{T}"/>.</summary>
public sealed class StreamOut<T> : Stream<T>, IPortGroup
{
    internal StreamOut(string name, IReadOnlyList<HdlType> types, string file, int line)
        : base(
            Hardware.Output(new HdlType(1, false), name + StreamPorts.ValidSuffix, file, line),
            Hardware.Input(new HdlType(1, false), $"{name}_ready", file, line),
            StreamPorts.Data<T>(name, types, PortDirection.Output, file, line)) =>
        StreamDeclaration.Of(this, StreamPorts.ValidSuffix);

    IEnumerable<Signal> IPortGroup.Ports => [Valid, .. Fields, Ready];
}

internal static class StreamPorts
{
    /// <summary>What follows a stream's name in that of its valid.</summary>
    public const string ValidSuffix = "_valid";

    public static T Data<T>(string name, IReadOnlyList<HdlType> types, PortDirection direction, string file, int line)
    {
        var names = Payload<T>.Names;
        if (names.Count != types.Count)
        {
            throw new HdlException("HDL0004", $"stream '{name}' carries {Payload<T>.TypeName} with {names.Count} fields, and its list of types has {types.Count}", $"give one type for each of {string.Join(", ", names)}");
        }

        return Payload<T>.Make(names.Zip(types, (n, t) => direction == PortDirection.Input ? Hardware.Input(t, $"{name}_{n}", file, line) : Hardware.Output(t, $"{name}_{n}", file, line)));
    }
}

/// <summary>Stream ports.</summary>
public static partial class Hardware
{
    /// <summary>A stream port that the module consumes, one signal wide; ports <c>Name_valid</c>, <c>Name_data</c>, <c>Name_ready</c>.</summary>
    public static StreamIn<Signal> In(HdlType type, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(name, [type], file, line);

    /// <summary>
    /// A stream port that the module consumes; <paramref name="shape"/> is the payload with a type for each field: <c>In(new Point(X: SInt(8), Y:
    /// SInt(8)))</c>.
    /// </summary>
    public static StreamIn<T> In<T>(T shape, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(name, Payloads.TypesOf(shape), file, line);

    /// <summary>A stream port that the module consumes; one type for each field of the payload record.</summary>
    public static StreamIn<T> In<T>(IReadOnlyList<HdlType> types, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(name, types, file, line);

    /// <summary>A stream port that the module produces, one signal wide.</summary>
    public static StreamOut<Signal> Out(HdlType type, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(name, [type], file, line);

    /// <summary>A stream port that the module produces; <paramref name="shape"/> is the payload with a type for each field.</summary>
    public static StreamOut<T> Out<T>(T shape, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(name, Payloads.TypesOf(shape), file, line);

    /// <summary>A stream port that the module produces; one type for each field of the payload record.</summary>
    public static StreamOut<T> Out<T>(IReadOnlyList<HdlType> types, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(name, types, file, line);
}
