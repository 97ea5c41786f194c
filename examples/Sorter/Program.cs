using System.Numerics;
using LoopLynx.Examples.Sorter;
using LoopLynx.Gen;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;

// One row goes in and comes out sorted. With a folder as argument the design is also written there as Verilog.
var design = Elaborator.Elaborate(new LaneSorter(SInt(8), lanes: 8));
using var engine = new InterpretedEngine(design);
engine.ResetAll();
BigInteger[] row = [31, -4, 15, 92, -65, 35, -89, 79];
engine.PokeLanes("Unsorted_data", row);
engine.Poke("Unsorted_valid", 1);
engine.Tick();
engine.Poke("Unsorted_valid", 0);
engine.Settle();
while (engine.Peek("Sorted_valid") == 0)
{
    engine.Tick();
    engine.Settle();
}

Console.WriteLine(string.Join(' ', engine.PeekLanes("Sorted_data")));
if (args.Length == 1)
{
    Console.WriteLine(string.Join('\n', VerilogBackend.WriteTo(design, args[0])));
}
