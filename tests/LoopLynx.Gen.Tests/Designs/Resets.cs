using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>Registers whose resets are of every kind: with and without enable, with lanes, without reset beside one with it.</summary>
internal sealed class Resets : Module
{
    private static readonly ClockDomain[] Domains = [.. Enumerable.Range(0, 4).Select(i => new ClockDomain($"clk{i}", $"rst{i}") { AsynchronousReset = i % 2 == 1, ActiveLowReset = i >= 2 })];

    public readonly Signal[] A = [.. Domains.Select((_, i) => Input(SInt(7) * 3, $"A{i}"))];
    public readonly Signal[] Enable = [.. Domains.Select((_, i) => Input(Bit, $"Enable{i}"))];
    public readonly Signal[] Sum = [.. Domains.Select((_, i) => Output(SInt(7) * 3, $"Sum{i}"))];
    public readonly Signal[] Count = [.. Domains.Select((_, i) => Output(UInt(70), $"Count{i}"))];

    protected override void Build()
    {
        for (var i = 0; i < Domains.Length; i++)
        {
            InDomain(Domains[i], () => Part(A[i], Enable[i], Sum[i], Count[i]));
        }
    }

    private static void Part(Signal a, Signal enable, Signal sum, Signal count)
    {
        Register(out var total, SInt(7) * 3, reset: -5);
        Register(out var counter, UInt(70), reset: 12345);
        Register(out var before, SInt(7) * 3);
        When(enable, () =>
        {
            total.Drive(total.WrapAdd(before));
            counter.Drive(counter.WrapAdd(1));
        });
        before.Drive(a);
        sum.Drive(total);
        count.Drive(counter ^ before.Lane(0).AsUnsigned());
    }
}
