namespace LoopLynx.Examples.Tests.Uart;

/// <summary>A serial line as a list of levels, one a cycle: written and read by the clock, without any hardware.</summary>
internal static class SerialLine
{
    /// <summary>The levels that send the bytes; a bit may last a fraction of a cycle more or less than the receiver thinks.</summary>
    public static List<int> Encode(IEnumerable<byte> bytes, double cyclesPerBit, Func<int> pause, int stopBit = 1)
    {
        List<int> levels = [.. Enumerable.Repeat(1, 20)];
        foreach (var value in bytes)
        {
            int[] bits = [0, .. Enumerable.Range(0, 8).Select(i => (value >> i) & 1), stopBit];
            var start = levels.Count;
            for (var i = 0; i < bits.Length; i++)
            {
                var end = start + (int)Math.Round((i + 1) * cyclesPerBit);
                levels.AddRange(Enumerable.Repeat(bits[i], end - levels.Count));
            }

            levels.AddRange(Enumerable.Repeat(1, pause()));
        }

        return levels;
    }

    /// <summary>The bytes on a line whose every bit lasts exactly so many cycles; throws where a level changes within a bit or a stop bit is missing.</summary>
    public static List<byte> Decode(IReadOnlyList<int> levels, int cyclesPerBit)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < levels.Count;)
        {
            if (levels[at] == 1)
            {
                at++;
                continue;
            }

            var value = 0;
            for (var bit = 0; bit < 10; bit++)
            {
                var level = levels.Skip(at).Take(cyclesPerBit).Distinct().ToList();
                if (level.Count != 1 || (bit == 9 && level[0] == 0))
                {
                    throw new InvalidDataException($"bit {bit} of byte {bytes.Count}, cycle {at}: levels {string.Join(' ', level)}");
                }

                value |= level[0] << bit;
                at += cyclesPerBit;
            }

            bytes.Add((byte)(value >> 1));
        }

        return bytes;
    }
}
