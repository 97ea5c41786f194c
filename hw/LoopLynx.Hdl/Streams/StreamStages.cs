using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Registers in a stream's path.</summary>
public static class StreamStages
{
    // Bits that one register selects: more would need a tree of buffers in front of them.
    private const int MostSelected = 128;

    /// <summary>Cycles that a beat takes through a <see cref="Stage"/> whose consumer is ready.</summary>
    public const int StageLatency = 1;

    /// <summary>Cycles that a beat takes through a <see cref="Skid"/> whose consumer is ready.</summary>
    public const int SkidLatency = 0;

    /// <summary>Cycles that a beat takes through an <see cref="Isolate"/> whose consumer is ready.</summary>
    public const int IsolateLatency = StageLatency + SkidLatency;

    /// <summary>
    /// Registers valid and data. Latency 1, full rate. Combinational path: ready to ready.
    /// </summary>
    /// <param name="source">The stream.</param>
    /// <param name="name">Prefix of the registers' names.</param>
    /// <param name="isFar">The source is far, so its valid doesn't enable the data: what comes without it is stored too, and not offered.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Stream<T> Stage<T>(this Stream<T> source, string name = "stage", bool isFar = false,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "stage", file, line);
        var location = new SourceLocation(file, line);
        var builder = Builder.Current;
        var valid = builder.Wrap(builder.NewRegister(Bit, $"{name}_valid", [0], location));
        var result = Stream<T>.Produce(valid, Registers(source, isFar ? source.Ready : source.Fire, name, location), name, location);
        source.Ready.Drive(!valid | result.Ready, file, line);
        builder.AssignRegister((RegisterNode)builder.Resolve(valid), builder.Resolve(source.Valid), builder.Resolve(source.Ready), location);
        return result;
    }

    /// <summary>
    /// Registers ready, with a one-beat buffer for the beat that arrives while the consumer stalls. Latency 0, full rate.
    /// Combinational paths: valid to valid, data to data; none from ready to ready.
    /// </summary>
    /// <param name="source">The stream.</param>
    /// <param name="name">Prefix of the registers' names.</param>
    /// <param name="isFar">See <see cref="Stage"/>; and ready and the data's enable have registers of their own.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Stream<T> Skid<T>(this Stream<T> source, string name = "skid", bool isFar = false,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "skid", file, line);
        var location = new SourceLocation(file, line);
        var builder = Builder.Current;
        var full = builder.Wrap(builder.NewRegister(Bit, $"{name}_full", [0], location));
        Signal? stays = null;
        Signal Next() => stays ??= builder.Wrap(builder.NewWire(Bit, $"{name}_stays", location));
        var open = isFar ? (!Next()).Copies(2, reset: 1, name: $"{name}_open", file: file, line: line) : [!full, source.Valid & !full];
        var held = Registers(source, open[1], name, location);
        var next = Next();
        Signal Chosen(Signal h, Signal s) => s.Literal is null ? Mux(Selects(full, next, s.Type, name, location), h, s) : s;
        var data = Payload<T>.Make(Payload<T>.Fields(held).Zip(source.Fields, Chosen));
        var result = Stream<T>.Produce(source.Valid | full, data, name, location);
        source.Ready.Drive(open[0], file, line);
        next.Drive((source.Valid | full) & !result.Ready, file, line);
        builder.AssignRegister((RegisterNode)builder.Resolve(full), builder.Resolve(next), null, location);
        return result;
    }

    /// <summary>A stage and a skid buffer: no combinational path at all. Latency 1, full rate.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="name">Prefix of the registers' names.</param>
    /// <param name="isFar">See <see cref="Stage"/>.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Stream<T> Isolate<T>(this Stream<T> source, string name = "isolate", bool isFar = false,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "isolate", file, line);
        return source.Stage($"{name}_stage", isFar, file, line).Skid($"{name}_skid", isFar, file, line);
    }

    /// <summary>What selects between a field's buffer and its source: of a wide field each share of the lanes has a copy of the flag.</summary>
    private static Signal Selects(Signal full, Signal next, HdlType type, string name, SourceLocation location)
    {
        var share = Math.Max(1, MostSelected / type.Width);
        if (type.Lanes <= share)
        {
            return full;
        }

        var copies = next.Copies((type.Lanes + share - 1) / share, reset: 0, name: $"{name}_full", file: location.File!, line: location.Line);
        return copies.Spread(type.Lanes, share);
    }

    private static T Registers<T>(Stream<T> source, Signal enable, string name, SourceLocation location) =>
        Payload<T>.Make(source.Fields.Zip(Payload<T>.Names, (field, fieldName) => field.Literal is null ? field.Registered(enable, $"{name}_{fieldName}", location.File!, location.Line) : field));
}
