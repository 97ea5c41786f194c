using System.Numerics;

namespace LoopLynx.Hdl.Tests.Expressions;

/// <summary>Random lane values; the ends of the range come often.</summary>
internal static class RandomValue
{
    public static BigInteger Of(HdlType type, Random random) => random.Next(6) switch
    {
        0 => type.Min,
        1 => type.Max,
        2 => type.Wrap(random.Next(-2, 3)),
        _ => type.Wrap(new BigInteger(Bytes(type, random))),
    };

    private static byte[] Bytes(HdlType type, Random random)
    {
        var bytes = new byte[(type.Width / 8) + 1];
        random.NextBytes(bytes);
        return bytes;
    }
}
