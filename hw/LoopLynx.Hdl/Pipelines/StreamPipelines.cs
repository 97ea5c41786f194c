using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Pipelines inside a stream.</summary>
public static class StreamPipelines
{
    private const MemoryStyle Style = MemoryStyle.Distributed;

    /// <summary>Cycles that a beat takes through a pipeline: its register levels and the FIFO behind them.</summary>
    /// <param name="levels">Register levels of the pipeline's function.</param>
    public static int Latency(int levels) => levels + StreamFifos.Latency(Style);

    /// <summary>
    /// A pipeline that never stalls, behind a FIFO that can always take what is under way: a beat enters only with a credit, and its credit returns when it leaves the FIFO.
    /// No ready chain runs through the pipeline. Latency: the register levels of <paramref name="function"/> and one cycle of the FIFO; full rate.
    /// </summary>
    /// <param name="source">Beats to compute on.</param>
    /// <param name="function">
    /// Logic, registers and synchronous reads. Every operand is the beat's own, a constant, <see cref="Held"/> or <see cref="At"/>; anything else is an error.
    /// The levels are counted, and where branches of different depth meet, the shorter one gets registers.
    /// </param>
    /// <param name="name">Prefix of the parts' names.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Stream<TResult> Pipeline<T, TResult>(this Stream<T> source, Func<T, TResult> function, string name = "pipeline",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Build(source, null, function, LocalNames.Or(name, "pipeline", file, line), new SourceLocation(file, line));

    /// <summary>As <see cref="Pipeline{T, TResult}(Stream{T}, Func{T, TResult}, string, string, int)"/>, with the number of levels that the function must have: for modules that promise a latency.</summary>
    /// <param name="source">Beats to compute on.</param>
    /// <param name="levels">Register levels of <paramref name="function"/>; another number is an error.</param>
    /// <param name="function">Logic, registers and synchronous reads.</param>
    /// <param name="name">Prefix of the parts' names.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Stream<TResult> Pipeline<T, TResult>(this Stream<T> source, int levels, Func<T, TResult> function, string name = "pipeline",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Build(source, levels, function, LocalNames.Or(name, "pipeline", file, line), new SourceLocation(file, line));

    private static Stream<TResult> Build<T, TResult>(Stream<T> source, int? stated, Func<T, TResult> function, string name, SourceLocation location)
    {
        var builder = Builder.Current;
        var scope = new PipelineScope(builder, name, location);
        scope.Begin(source.Fields.Select(builder.Resolve));
        var results = builder.InPipeline(scope, () => function(source.Data));
        var fields = Payload<TResult>.Fields(results);
        var levels = scope.Finish([.. fields.Select(builder.Resolve)], [.. builder.Scope], out var balanced);
        if (stated is { } promised && promised != levels)
        {
            builder.Report("HDL0124", $"the pipeline '{name}' is said to have {promised} register levels, and has {levels}", location, $"write Pipeline({levels}, ...), or Pipeline(...) without a number");
        }

        return Flow(source, levels, results, [.. fields.Zip(balanced, (field, node) => field.Literal is null ? builder.Wrap(node) : field)], scope, name, location);
    }

    /// <summary>Credits, the valid bits beside the levels, and the FIFO behind them.</summary>
    private static Stream<TResult> Flow<T, TResult>(Stream<T> source, int levels, TResult results, ImmutableArray<Signal> fields, PipelineScope scope, string name, SourceLocation location)
    {
        var builder = Builder.Current;
        var (file, line) = (location.File!, location.Line);

        // As many beats are under way as keep the rate full: in the levels and the FIFO, and those whose credit is on its way back, through a register,
        // so that the consumer's ready doesn't reach the count in the same cycle.
        const int ReturnLatency = 1 + CreditLatency;
        var depth = Latency(levels) + ReturnLatency;
        Credits(out var credits, depth, null, $"{name}_credits", file, line);
        source.Ready.Drive(credits.Any, file, line);
        var moving = source.Fire;
        var busy = new List<Signal>();
        for (var i = 0; i < levels; i++)
        {
            moving = moving.RegisteredReset(0, null, $"{name}_valid{i + 1}", file, line);
            busy.Add(moving);
        }

        var fifo = Instance(new StreamFifo<TResult>([.. fields.Select(f => f.Type)], depth, Style, builder.Domain), $"{name}_fifo", file, line);
        fifo.Push.Valid.Drive(moving, file, line);
        foreach (var (to, from) in fifo.Push.Fields.Zip(fields))
        {
            to.Drive(from, file, line);
        }

        Assert(!moving | fifo.Push.Ready, "a pipeline's FIFO has room for every beat with a credit", file, line);
        var returns = fifo.Pop.Fire.RegisteredReset(0, null, $"{name}_returns", file, line);
        builder.Unconditionally(() => credits.Move(source.Fire, give: returns, file, line));
        if (busy.Count > 0)
        {
            AssertHeld(scope, busy.Aggregate((a, b) => a | b), name);
        }

        return new Stream<TResult>(fifo.Pop.Valid, fifo.Pop.Ready, Payload<TResult>.WithLiterals(results, fifo.Pop.Data));
    }

    private static void AssertHeld(PipelineScope scope, Signal busy, string name)
    {
        var builder = Builder.Current;
        foreach (var (node, where) in scope.Held.DistinctBy(h => h.Value))
        {
            var (value, text) = (builder.Wrap(node), Builder.NearestName(node) ?? "value");
            var before = value.Registered(null, $"{name}_held_{text}", where.File!, where.Line);
            Assert(!busy | (value == before).AllLanes(), $"'{text}' doesn't change while a beat is under way in '{name}'", where.File!, where.Line);
        }
    }
}
