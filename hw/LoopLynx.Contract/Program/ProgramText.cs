using System.Globalization;
using System.Text;

namespace LoopLynx.Contract;

/// <summary>A program as text, for people and for tests: what each step does, reads and gives, and where that lies in memory.</summary>
public static class ProgramText
{
    /// <summary>The text; lines end with a line feed.</summary>
    public static string Write(LayerProgram program)
    {
        var map = MemoryMap.Unchecked(program);
        var text = new StringBuilder();
        WriteHead(text, program);
        WriteSteps(text, "before the layers", program.Before, program, map);
        WriteSteps(text, $"each of {program.Model.Layers} layers, {map.LayerBeats} row beats of a channel", program.EachLayer, program, map);
        WriteSteps(text, "after the layers", program.After, program, map);
        WriteMemory(text, map);
        return text.ToString();
    }

    private static void WriteHead(StringBuilder text, LayerProgram program)
    {
        var (m, n, p) = (program.Model, program.Machine, program.Plan);
        var heads = Invariant($"heads {m.QueryHeads}/{m.KvHeads} x {m.HeadWidth}");
        var attention = Invariant($"query {p.Query}, key {p.Key}, value {p.Value}, probability {p.Probability}");
        var beats = Invariant($"{n.BeatBytes} bytes a beat, {n.LayoutBeatBytes} bytes a row beat");
        Line(text, $"model    {m.Family.Name}: {m.Layers} layers, embed {m.Embed}, {heads}, feed-forward {m.FeedForward}, context {m.Context}");
        Line(text, $"formats  weight {p.Weight}, activation {p.Activation}, {attention}, pre-activation {p.PreActivation}, residual {p.Residual}");
        Line(text, $"machine  {n.Nodes} nodes x {n.Channels} channels, {beats}, {n.ValuesPerCycle} values a cycle, {n.PacketLanes} values a packet");
        foreach (var buffer in program.ActivationBuffers)
        {
            Line(text, $"vector   {buffer.Name}: {buffer.Length} values, rows {buffer.FirstRow} to {buffer.FirstRow + buffer.Rows - 1}");
        }
    }

    private static void WriteSteps(StringBuilder text, string title, IReadOnlyList<ProgramStep> steps, LayerProgram program, MemoryMap map)
    {
        Line(text, $"{title}");
        foreach (var step in steps)
        {
            Line(text, $"  {step.Code,2} {step.Name}: {step.Operation.Text}, {step.Step.From}{ResultOf(step, program)}; ends when {EndOf(step, program)}");
            foreach (var read in step.Reads)
            {
                Line(text, $"       {ReadOf(step, read, map)}");
            }
        }
    }

    private static string ResultOf(ProgramStep step, LayerProgram program)
    {
        if (step.Result is not { } result)
        {
            return "";
        }

        var kinds = string.Join(" ", result.Kinds.Select(k => $"{k} {program.Plan[k]}"));
        var unary = result.Unary is { } u ? $" through {u.Kind} slot {u.Slot}" : "";
        return $" -> {result.Buffer} ({kinds}{unary}{(step.Exchanges ? ", exchanged" : "")})";
    }

    private static string EndOf(ProgramStep step, LayerProgram program) => step.Completion switch
    {
        Completion.ResidualUpdated => "the residual is updated",
        Completion.ConstantsDelivered => "the last constant is delivered",
        Completion.PacketsLanded => Invariant($"{program.LandingPackets(step)} packets have landed"),
        Completion.PacketsLandedAndIdle => Invariant($"{program.LandingPackets(step)} packets have landed and the cache is written"),
        Completion.WritesAnswered => "all writes are answered",
        _ => "the last packet is taken",
    };

    private static string ReadOf(ProgramStep step, Section read, MemoryMap map)
    {
        if (read.Lookup == SectionLookup.Cache)
        {
            var rowsOf = Invariant($"{map.Cache.PositionsPerRow} positions a row, {map.Cache.RowsPerPosition} rows a position");
            return Invariant($"reads {read.Name}: {map.Cache.Heads} heads, {rowsOf} -> {read.Receiver}");
        }

        var section = map[read.Name];
        var rows = step.Operation is Product product && map.ProductOf(product.Matrix) is var layout
            ? Invariant($", {layout.Rows} rows in groups of {layout.GroupRows}")
                + Invariant($" with {layout.ConstantBeats} + {layout.GroupRows} x {layout.WeightBeats} row beats")
            : Invariant($", {read.Bytes} bytes, slot {read.Slot}");
        return Invariant($"reads {read.Name}: row beats {section.Offset} to {section.End - 1}{rows} -> {read.Receiver}");
    }

    private static void WriteMemory(StringBuilder text, MemoryMap map)
    {
        foreach (var (name, offset, bytes) in map.Regions)
        {
            Line(text, $"memory   {name}: {bytes} bytes of each channel from {offset}");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Invariant(line)).Append('\n');
}
