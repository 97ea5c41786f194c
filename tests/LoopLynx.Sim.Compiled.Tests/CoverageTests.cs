using System.Numerics;
using LoopLynx.Fuzz;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Coverage;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>Coverage of random designs: the design stays what it was, and its points are hit alike on both engines, bit for bit.</summary>
public class CoverageTests
{
    private const int Cycles = 40;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(100, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_registers_that_remember_agree_on_both_engines(int seed)
    {
        var (name, options) = OptionSets.All[seed % OptionSets.All.Count];
        Lockstep.Check(CoverageDesign.Of(Elaborator.Elaborate(new RandomModule(seed, 25))).Design, options, Cycles, $"seed {seed}, {name}", seed);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_design_behaves_as_before_and_figures_are_equal(int seed)
    {
        var coverage = CoverageDesign.Of(Elaborator.Elaborate(new RandomModule(seed, 25)));
        using var plain = new InterpretedEngine(coverage.Original);
        using var interpreted = new CoverageEngine(new InterpretedEngine(coverage.Design), coverage);
        using var compiled = new CoverageEngine(new CompiledEngine(coverage.Design), coverage);
        IEngine[] engines = [plain, interpreted, compiled];
        var random = new Random(seed);
        foreach (var engine in engines)
        {
            engine.ResetAll();
        }

        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            Poke(engines, coverage.Original.Top, random);
            if (cycle == Cycles / 2)
            {
                Array.ForEach(engines, engine => engine.ResetAll());
            }

            foreach (var port in coverage.Original.Top.Ports.Where(p => p.Direction == PortDirection.Output))
            {
                Array.ForEach(engines, engine => engine.Settle());
                Assert.Equal(plain.PeekLanes(port.Name), interpreted.PeekLanes(port.Name));
                Assert.Equal(plain.PeekLanes(port.Name), compiled.PeekLanes(port.Name));
            }

            Array.ForEach(engines, engine => engine.Tick());
        }

        Assert.Equal(interpreted.Collect().ToString(), compiled.Collect().ToString());
        Assert.Contains(CoverageReport.Of(compiled.Collect()).Points, p => p.IsHit);
    }

    private static void Poke(IEngine[] engines, Definition top, Random random)
    {
        var bytes = new byte[64];
        foreach (var port in top.Ports.Where(p => p.Direction == PortDirection.Input))
        {
            BigInteger Lane()
            {
                random.NextBytes(bytes);
                var value = new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << port.Type.Width) - 1);
                return port.Type.Signed && value > port.Type.Max ? value - (BigInteger.One << port.Type.Width) : value;
            }

            BigInteger[] lanes = [.. Enumerable.Range(0, port.Type.Lanes).Select(_ => Lane())];
            Array.ForEach(engines, engine => engine.PokeLanes(port.Name, lanes));
        }
    }
}
