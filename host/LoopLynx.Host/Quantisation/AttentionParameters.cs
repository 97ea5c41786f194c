using System.Buffers.Binary;

namespace LoopLynx.Host;

/// <summary>The constants of all heads of one block.</summary>
/// <param name="Heads">By head, <c>[H]</c>.</param>
/// <param name="PaperContext">
/// By head, the context multiplier of the <see cref="SoftmaxMode.Paper"/> softmax: sv / sc / 127. Not in the memory image.
/// </param>
public sealed record AttentionParameters(HeadConstants[] Heads, Multiplier[] PaperContext) : IStepParameters
{
    /// <inheritdoc/>
    public byte[] Bytes(Section section, int node, int nodes)
    {
        var count = Heads.Length / nodes;
        var bytes = new byte[Attend.HeadConstantBytes * count];
        for (var h = 0; h < count; h++)
        {
            var head = Heads[(node * count) + h];
            var at = bytes.AsSpan(Attend.HeadConstantBytes * h);
            BinaryPrimitives.WriteUInt32LittleEndian(at, head.Score.Packed);
            BinaryPrimitives.WriteUInt32LittleEndian(at[sizeof(uint)..], head.Context.Packed);
        }

        return bytes;
    }

    /// <summary>The heads of a section.</summary>
    internal static HeadConstants[] FromBytes(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / Attend.HeadConstantBytes).Select(h =>
    {
        var at = bytes.AsSpan(Attend.HeadConstantBytes * h);
        var (score, context) = (BinaryPrimitives.ReadUInt32LittleEndian(at), BinaryPrimitives.ReadUInt32LittleEndian(at[sizeof(uint)..]));
        return new HeadConstants(Multiplier.FromPacked(score), Multiplier.FromPacked(context));
    })];
}
