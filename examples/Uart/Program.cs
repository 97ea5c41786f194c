using LoopLynx.Examples.Uart;
using LoopLynx.Gen;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;

// The wire while 'U' is sent, one character a bit. With a folder as argument the echoing UART is also written there as Verilog.
const int cyclesPerBit = 16;
using var engine = new InterpretedEngine(Elaborator.Elaborate(new UartTransmitter(cyclesPerBit)));
engine.ResetAll();
engine.Poke("Bytes_data", 'U');
engine.Poke("Bytes_valid", 1);
engine.Tick();
engine.Poke("Bytes_valid", 0);
for (var bit = 0; bit < 12; bit++)
{
    engine.Settle();
    Console.Write(engine.Peek("Line") == 1 ? '‾' : '_');
    engine.Run(cyclesPerBit);
}

Console.WriteLine();
if (args.Length == 1)
{
    Console.WriteLine(string.Join('\n', VerilogBackend.WriteTo(Elaborator.Elaborate(new UartEcho(cyclesPerBit, depth: 16)), args[0])));
}
