namespace LoopLynx.Accelerator.Tests.Baseline;

/// <summary>
/// Cycles of every stage, switching activity, hidden states, memory images and netlists of every machine are those that were recorded. Cycles and images may not change;
/// a netlist may, in a commit that names its modules.
/// </summary>
public class BaselineTests
{
    /// <summary>With <c>LOOPLYNX_BASELINE=all</c>, and whenever the record is written, every machine is simulated.</summary>
    private static bool SimulatesAll => Record.IsRecording || Environment.GetEnvironmentVariable("LOOPLYNX_BASELINE") == "all";

    [Fact]
    public void Cycles_activity_and_images_are_the_recorded_ones()
    {
        var left = SimulatesAll ? [] : RecordedMachines.SimulatedNames.Except(RecordedMachines.QuickNames).ToHashSet();
        Record.Check(
            "cycles.txt",
            [.. InParallel([.. RecordedMachines.SimulatedNames.Where(name => !left.Contains(name))], RecordedMachines.Simulate), .. RecordedMachines.ClosedForm()],
            lines => [.. lines.Select(RecordLine.Parse).Where(line => !left.Contains(line.Machine))],
            lines => lines.Select(line => line.ToString()));
    }

    [Fact]
    public void Netlists_are_the_recorded_ones() => Record.Check(
        "netlists.txt",
        InParallel(RecordedMachines.NetlistNames, name => [new RecordLine(name, [.. RecordedMachines.Netlist(name)])]),
        NetlistRecord.Read,
        NetlistRecord.Write);

    [Fact]
    public void The_record_of_netlists_is_read_as_it_was_written()
    {
        RecordLine[] machines = [new("a", [("M", "1"), ("N", "2")]), new("b", [("M", "1")]), new("c", [("N", "3"), ("M", "1")]), new("d", [("N", "2")])];
        string[] file = [.. NetlistRecord.Write(machines)];
        Assert.Equal(["machine 1 | a", "machine 2 | b", "machine 3 | c", "machine 4 | d", "M | 1 | 1-3", "N | 2 | 1 4", "N | 3 | 3"], file);
        Assert.Empty(Record.Differences(NetlistRecord.Read(file), machines));
    }

    [Fact]
    public void A_difference_is_told_by_machine_and_value()
    {
        RecordLine[] recorded = [RecordLine.Parse("a; position 0 | cycles 10 | Load Busy:3/Memory:1"), RecordLine.Parse("b | cycles 1")];
        RecordLine[] now = [new("a; position 0", [("cycles", "10"), ("Load", "Busy:4")]), new("c", [("cycles", "1")])];
        Assert.Equal(
            ["b: recorded, not measured", "a; position 0: Load was Busy:3/Memory:1, is Busy:4", "c: measured, not recorded"],
            Record.Differences(recorded, now));
        Assert.Empty(Record.Differences(recorded, recorded));
    }

    private static IReadOnlyList<RecordLine> InParallel(IReadOnlyList<string> names, Func<string, IEnumerable<RecordLine>> measure) =>
        [.. names.AsParallel().AsOrdered().Select(name => measure(name).ToArray()).ToArray().SelectMany(lines => lines)];
}
