using System.Numerics;
using LoopLynx.Hdl;

namespace LoopLynx.Sim.Tests.Support;

/// <summary>Random types, and random values with many at the edges of the range.</summary>
public static class RandomTypes
{
    private static readonly int[] Widths = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 200];
    private static readonly int[] LaneCounts = [1, 1, 1, 1, 2, 3, 4, 8, 12, 16, 33, 100];

    /// <summary>The type of port number <paramref name="index"/> of a seed.</summary>
    public static HdlType Of(int seed, int index) => Next(new Random((seed * 101) + index));

    /// <summary>Some type of at most 1,600 bits.</summary>
    public static HdlType Next(Random random)
    {
        var type = new HdlType(Widths[random.Next(Widths.Length)], random.Next(2) == 0, LaneCounts[random.Next(LaneCounts.Length)]);
        return type.Bits > 1600 ? type.WithWidth(1 + random.Next(16)) : type;
    }

    /// <summary>Some value of one lane.</summary>
    public static BigInteger Value(Random random, HdlType type)
    {
        var bytes = new byte[(type.Width / 8) + 1];
        random.NextBytes(bytes);
        return random.Next(8) switch
        {
            0 => 0,
            1 => type.Min,
            2 => type.Max,
            3 => type.Wrap(random.Next(-3, 4)),
            _ => type.Wrap(new BigInteger(bytes)),
        };
    }

    /// <summary>Writes random values to all inputs of an engine.</summary>
    public static void PokeAll(Random random, IEngine engine)
    {
        foreach (var port in engine.Design.Top.Ports.Where(port => port.Direction == Hdl.Netlist.PortDirection.Input))
        {
            engine.PokeLanes(port.Name, [.. Enumerable.Range(0, port.Type.Lanes).Select(_ => Value(random, port.Type))]);
        }
    }
}
