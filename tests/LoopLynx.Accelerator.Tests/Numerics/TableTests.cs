using System.Numerics;

namespace LoopLynx.Accelerator.Tests.Numerics;

/// <summary>The ROMs hold what the golden model's tables hold.</summary>
public class TableTests
{
    [Fact]
    public void Roms_equal_the_golden_tables()
    {
        Assert.Equal(Widened(Reciprocal.Table.ToArray()), Tables.Reciprocal);
        Assert.Equal(Widened(ReciprocalSquareRoot.Table.ToArray()), Tables.ReciprocalSquareRoot);
        var powers = Widened(PowerOfTwo.Table.ToArray());
        Assert.Equal(powers[..^1], Tables.PowerOfTwo);
        Assert.Equal(powers.Zip(powers.Skip(1), (from, to) => from - to), Tables.PowerOfTwoFall);
    }

    private static BigInteger[] Widened<T>(T[] table) where T : IBinaryInteger<T> => Support.Values.Big(table);
}
