using System.Buffers.Binary;
using LoopLynx.Accelerator;
using LoopLynx.Contract;

namespace LoopLynx.Runtime;

/// <summary>What a channel holds for the kernel's self-test: words that count up from 0, little-endian.</summary>
public static class SelfTestPattern
{
    /// <summary>Bytes that a test of so many bursts reads of a channel.</summary>
    public static int Bytes(NodeConfiguration c, int bursts) => bursts * MemorySizes.MaxBurstBeats * c.Lanes;

    /// <summary>Fills a channel's first bytes.</summary>
    /// <param name="c">The machine: a word is as wide as its beats allow.</param>
    /// <param name="memory">The bytes.</param>
    public static void Fill(NodeConfiguration c, Span<byte> memory)
    {
        var size = ChannelTester.WordBits(c) / 8;
        Span<byte> word = stackalloc byte[sizeof(uint)];
        for (var i = 0; i + size <= memory.Length; i += size)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, (uint)(i / size));
            word[..size].CopyTo(memory[i..]);
        }
    }
}
