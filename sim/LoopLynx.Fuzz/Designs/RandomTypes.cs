using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim;

namespace LoopLynx.Fuzz.Designs;

/// <summary>Random types, and random values with many at the edges of the range.</summary>
public static class RandomTypes
{
    private static readonly int[] Widths = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 200];
    private static readonly int[] LaneCounts = [1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 8, 12, 16, 33, 100];

    /// <summary>Some type of at most 1,600 bits.</summary>
    public static HdlType Next(Random random)
    {
        var width = random.Next(4) switch
        {
            0 => 1 + random.Next(8),
            1 => 1 + random.Next(32),
            2 => 1 + random.Next(200),
            _ => Widths[random.Next(Widths.Length)],
        };
        var lanes = random.Next(16) is 15 ? 1 + random.Next(100) : LaneCounts[random.Next(LaneCounts.Length)];
        var type = new HdlType(width, random.Next(2) == 1, lanes);
        return type.Bits > 1600 ? type.WithWidth(1 + random.Next(16)) : type;
    }

    /// <summary>Some value of one lane.</summary>
    public static BigInteger Value(Random random, HdlType type)
    {
        return random.Next(8) switch
        {
            0 => 0,
            1 => type.Min,
            2 => type.Max,
            3 => type.Wrap(random.Next(-3, 4)),
            _ => type.Wrap(Any(random, type.Width)),
        };
    }

    private static BigInteger Any(Random random, int width)
    {
        var bytes = new byte[(width / 8) + 1];
        random.NextBytes(bytes);
        return new BigInteger(bytes);
    }

    /// <summary>Writes random values to all inputs of an engine.</summary>
    public static void PokeAll(Random random, IEngine engine)
    {
        foreach (var port in engine.Design.Top.Ports.Where(port => port.Direction == LoopLynx.Hdl.Netlist.PortDirection.Input))
        {
            engine.PokeLanes(port.Name, [.. Enumerable.Range(0, port.Type.Lanes).Select(_ => Value(random, port.Type))]);
        }
    }
}
