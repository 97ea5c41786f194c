using LoopLynx.Examples.Fir;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;

// A step goes in; the running sum of the coefficients comes out. With a folder as argument the design is also written there as Verilog.
var design = Elaborator.Elaborate(new FirFilter([1, 3, 5, 7, 7, 5, 3, 1]));
using var engine = new InterpretedEngine(design);
engine.ResetAll();
var received = new List<string>();
engine.Poke("Samples_data", 1);
engine.Poke("Samples_valid", 1);
engine.Poke("Filtered_ready", 1);
while (received.Count < 10)
{
    engine.Settle();
    if (engine.Peek("Filtered_valid") == 1)
    {
        received.Add(engine.Peek("Filtered_data").ToString());
    }

    engine.Tick();
}

Console.WriteLine(string.Join(' ', received));
if (args.Length == 1)
{
    Console.WriteLine(string.Join('\n', VerilogBackend.WriteTo(design, args[0])));
}
