namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>Ports beside the streams: pulses and flags.</summary>
internal static class BenchExtensions
{
    /// <summary>Drives an input to 1 for one cycle.</summary>
    public static void Pulse(this Bench bench, string port)
    {
        bench.Engine.Poke(port, 1);
        bench.Step();
        bench.Engine.Poke(port, 0);
    }

    /// <summary>Runs until an output is 1, and to the end of that cycle.</summary>
    /// <returns>Cycles before it.</returns>
    public static long RunUntil(this Bench bench, string port, int maxCycles = 10_000)
    {
        var cycles = bench.Run(maxCycles, () => bench.Engine.Peek(port) == 1);
        bench.Step();
        return cycles;
    }
}
