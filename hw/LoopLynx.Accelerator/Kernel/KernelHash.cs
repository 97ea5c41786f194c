using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LoopLynx.Accelerator;

/// <summary>What host and kernel must agree on, as a number: the layer program, and how the memory is dealt to the channels.</summary>
public static class KernelHash
{
    /// <summary>Words of the hash.</summary>
    public const int Words = 4;

    /// <summary>The first 128 bits of SHA-256, least significant byte first in each word.</summary>
    public static IReadOnlyList<uint> Of(NodeConfiguration c)
    {
        var machine = $"{KernelRegisters.PresentVersion} {c.Nodes} {c.Channels} {c.Lanes} {c.Columns} {c.KvChannels} {c.PacketLanes}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{machine}\n{ProgramText.Write(c.Program)}"));
        return [.. Enumerable.Range(0, Words).Select(i => BinaryPrimitives.ReadUInt32LittleEndian(hash.AsSpan(4 * i)))];
    }
}
