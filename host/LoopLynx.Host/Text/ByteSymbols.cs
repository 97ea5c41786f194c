namespace LoopLynx.Host;

/// <summary>
/// GPT-2's printable stand-in for each byte value. Bytes that Latin-1 shows as a visible character stand for themselves; the other 68,
/// in ascending order, are U+0100, U+0101, ... A space is therefore U+0120.
/// </summary>
internal static class ByteSymbols
{
    private static readonly char[] symbols = BuildSymbols();
    private static readonly Dictionary<char, byte> bytes = Enumerable.Range(0, 256).ToDictionary(b => symbols[b], b => (byte)b);

    public static char Symbol(byte value) => symbols[value];

    public static bool TryByte(char symbol, out byte value) => bytes.TryGetValue(symbol, out value);

    private static char[] BuildSymbols()
    {
        var table = new char[256];
        char next = (char)256;
        for (int b = 0; b < 256; b++)
            table[b] = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)b : next++;
        return table;
    }
}
