namespace LoopLynx.Examples.Primer;

/// <summary>The CRC-32 of Ethernet and of ZIP files, a byte a cycle.</summary>
public sealed class Crc32 : Module
{
    /// <summary>Begin a message: forget all bytes.</summary>
    public readonly Signal Clear = Input(Bit);

    /// <summary>Take <see cref="Data"/>.</summary>
    public readonly Signal Enable = Input(Bit);

    /// <summary>The next byte.</summary>
    public readonly Signal Data = Input(UInt(8));

    /// <summary>Checksum of the bytes so far.</summary>
    public readonly Signal Crc = Output(UInt(32));

    /// <inheritdoc/>
    protected override void Build()
    {
        Register(out var crc, UInt(32), reset: 0xFFFFFFFF);
        var next = crc ^ Data;
        for (var bit = 0; bit < 8; bit++)
        {
            next = (next >> 1) ^ Mux(next[0], 0xEDB88320, 0);
        }

        When(Clear, () => crc.Drive(0xFFFFFFFF)).ElseWhen(Enable, () => crc.Drive(next));
        Crc.Drive(~crc);
    }
}
