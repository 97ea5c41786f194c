using LoopLynx.Gen.Text;

namespace LoopLynx.Gen.Expressions;

/// <summary>
/// A piece of a net from which bits can be taken: fixed, or moving with a loop index (bit <c>Low + Step * index</c> is its bit 0).
/// </summary>
/// <param name="Net">The net.</param>
/// <param name="Width">Bits of the piece.</param>
/// <param name="Low">Its lowest bit, for index 0.</param>
/// <param name="Step">Bits that it moves per index; may be negative.</param>
/// <param name="Index">The loop's variable, or null for a fixed piece.</param>
/// <param name="Count">Values that the index takes.</param>
internal readonly record struct Source(Net Net, int Width, int Low, int Step = 0, string? Index = null, int Count = 1)
{
    /// <summary>The whole piece.</summary>
    public Expr All => Bits(0, Width);

    /// <summary>Part of the piece.</summary>
    public Source Part(int low, int width) => this with { Low = Low + low, Width = width };

    /// <summary>Reads bits <paramref name="low"/> .. <paramref name="low"/> + <paramref name="width"/> - 1.</summary>
    public Expr Bits(int low, int width)
    {
        for (var i = 0; i < Count; i++)
        {
            Net.Read(Low + low + (Step * i), width);
        }

        var whole = Step == 0 && width == Net.Type.Bits;
        return new(whole ? Net.Name : Net.Name + Range(low, width), whole && Net.Signed);
    }

    /// <summary>The piece as the target of an assignment.</summary>
    public string Target => Step == 0 && Width == Net.Type.Bits ? Net.Name : Net.Name + Range(0, Width);

    /// <summary>The integer of the piece in more bits.</summary>
    public Expr Extended(int width, bool signed)
    {
        var more = width - Width;
        if (more == 0)
        {
            return All;
        }

        if (!signed)
        {
            return new($"{{{Literal.Zero(more)}, {All.Text}}}", Signed: false);
        }

        var sign = Bits(Width - 1, 1).Text;
        return Width == 1 ? new($"{{{width}{{{sign}}}}}", Signed: false)
            : new($"{{{(more == 1 ? sign : $"{{{more}{{{sign}}}}}")}, {All.Text}}}", Signed: false);
    }

    private string Range(int low, int width)
    {
        var first = Low + low;
        if (Step == 0)
        {
            return width == 1 ? $"[{first}]" : $"[{first + width - 1}:{first}]";
        }

        var product = Math.Abs(Step) == 1 ? Index : $"{Index}*{Math.Abs(Step)}";
        var start = Step < 0 ? $"{first} - {product}" : first == 0 ? product : $"{product} + {first}";
        return width == 1 ? $"[{start}]" : $"[{start} +: {width}]";
    }
}
