using System.Numerics;

namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>From the host's numbers to the bench's lanes and beats.</summary>
internal static class Values
{
    public static BigInteger[] Big<T>(IEnumerable<T> values) where T : IBinaryInteger<T> => [.. values.Select(value => BigInteger.CreateChecked(value))];

    /// <summary>A beat with one field.</summary>
    public static Beat Packet<T>(IEnumerable<T> lanes) where T : IBinaryInteger<T> => new([Big(lanes)]);

    /// <summary>A vector as beats of a few values.</summary>
    public static List<Beat> Packets<T>(IEnumerable<T> vector, int lanes) where T : IBinaryInteger<T> => [.. vector.Chunk(lanes).Select(Packet)];

    /// <summary>A vector as numbered beats, the form in which activations are written.</summary>
    public static List<Beat> Numbered<T>(IEnumerable<T> vector, int lanes) where T : IBinaryInteger<T> =>
        [.. vector.Chunk(lanes).Select((values, i) => new Beat([[i], Big(values)]))];

    /// <summary>The bytes of a number in memory, as the lanes of a beat show them.</summary>
    public static sbyte[] Bytes(short value) => [(sbyte)value, (sbyte)(value >> 8)];

    /// <summary>int8 in -127..127, the ends more often than others.</summary>
    public static sbyte Int8(this Random random) => random.Next(8) == 0 ? (sbyte)(random.Next(2) == 0 ? -127 : 127) : (sbyte)random.Next(-127, 128);

    public static sbyte[] Int8(this Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Int8())];

    /// <summary>The same numbers, in the width of the golden cache.</summary>
    public static short[] Int16(this Random random, int count) => [.. random.Int8(count).Select(v => (short)v)];

    public static T Pick<T>(this Random random, params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
