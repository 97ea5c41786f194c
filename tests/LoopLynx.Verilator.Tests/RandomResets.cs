using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;

namespace LoopLynx.Verilator.Tests;

/// <summary>Random inputs and resets for a design on two engines.</summary>
internal static class RandomResets
{
    /// <summary>Runs both and disposes of them; every port is equal in every cycle.</summary>
    public static void Agree(LockstepEngine lockstep, int seed, int cycles, int cyclesPerReset)
    {
        using (lockstep)
        {
            var random = new Random(seed);
            for (var cycle = 0; cycle < cycles; cycle++)
            {
                RandomTypes.PokeAll(random, lockstep);
                lockstep.Reset(ClockDomain.Default, random.Next(cyclesPerReset) == 0);
                lockstep.Settle();
                lockstep.Tick();
            }

            Assert.True(lockstep.Mismatches == 0, $"{lockstep.FirstMismatch}");
            Assert.Equal(cycles, lockstep.CyclesCompared);
        }
    }
}
