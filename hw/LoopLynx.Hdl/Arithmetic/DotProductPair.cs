using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// The exact dot products of two vectors with a third one, in half the DSP blocks: the two operands that meet the same one lie side by side in a long operand,
/// so a block gives two products a cycle.
/// </summary>
/// <remarks>
/// <para>The long operand is first * 2^f + second; so is its product, and so is a sum of products, as long as the second field, of f bits, holds the second
/// sum. Up to <see cref="PackedTerms"/> products are summed up so; then the fields part, the first one rounded, for a negative second field has borrowed from
/// it.</para>
/// <para>Free-running, never stalls; latency <see cref="Latency"/>. Registers and enables as in <see cref="DotProduct"/>.</para>
/// </remarks>
/// <param name="lanes">Pairs of products a cycle, a power of two.</param>
/// <param name="a">Type of an operand of the first two vectors, signed; twice its width, the other's, and 1 are at most 27 bits.</param>
/// <param name="b">Type of an operand of the third vector, signed, at most 18 bits.</param>
/// <param name="resets">As for <see cref="DotProduct"/>.</param>
public sealed class DotProductPair(int lanes, HdlType a, HdlType b, bool resets = true) : Module
{
    /// <summary>Dot products.</summary>
    public const int Count = 2;

    // The long operand of a DSP block.
    private const int LongBits = 27;
    private const int ShortBits = 18;

    // The second operand's bits of the long one; the first one lies above them.
    private readonly int _field = Fits(a, b) ? FieldBits(a) : throw new HdlException(
        "HDL0126", $"a DSP block doesn't take two products of {a} by {b} at once",
        $"both are signed, twice the first width and the second one are at most {LongBits - 1} bits, the second at most {ShortBits}; else use DotProduct");

    /// <summary>Vectors are present.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>The vectors of which each is multiplied with <see cref="B"/>.</summary>
    public readonly Signal[] A = Ports(Count, name => Input(a.Lanes(lanes), name));

    /// <summary>The vector that both are multiplied with.</summary>
    public readonly Signal B = Input(b.Lanes(lanes));

    /// <summary>The sum of each vector's products, while <see cref="Done"/> is 1.</summary>
    public readonly Signal[] Sum = Ports(Count, name => Output(DotProduct.SumType(lanes, a, b), name));

    /// <summary>The sums are complete.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"two dot products of {lanes} lanes with one vector";

    /// <inheritdoc/>
    public override bool IsKept => true;

    /// <summary>Whether a DSP block takes two such products at once.</summary>
    public static bool Fits(HdlType a, HdlType b) => a.Signed && b.Signed && b.Width <= ShortBits && FieldBits(a) >= a.Width + b.Width;

    /// <summary>Cycles from vectors to their sums: as for one dot product, and a level in which the fields part.</summary>
    /// <param name="lanes">Pairs of products a cycle.</param>
    public static int Latency(int lanes) => DotProduct.Latency(lanes) + 1;

    /// <summary>Products that are summed up before the fields part, at most: a power of two.</summary>
    public static int PackedTerms(HdlType a, HdlType b) => 1 << (FieldBits(a) - a.Width - b.Width);

    /// <inheritdoc/>
    protected override void Build()
    {
        var long1 = ((A[0] << _field) + A[1]).Truncate(LongBits).Registered(name: "long1");
        var b1 = B.Registered(name: "b1");
        var valid1 = Next(Valid, "valid1");

        // The two fields are as wide as their sums at most.
        var terms = Math.Min(lanes, PackedTerms(a, b));
        var product = (long1 * b1).Truncate(_field + a.Width + b.Width).Registered(valid1, "product");
        var valid2 = Next(valid1, "valid2");
        var tree = PipelinedTree.Sum(terms) with { MostEnabled = DotProduct.MostEnabled, Resets = resets };
        var (valid, packed) = tree.Reduce(Next(valid2, "valid3"), product.Registered(valid2, "result"), "packed");

        var rest = tree with { Group = lanes / terms };
        var sumBits = a.Width + b.Width + Sizes.CeilLog2(terms);
        Signal[] fields = [(packed >> (_field - 1)).RoundShift(1).Truncate(sumBits), packed.Truncate(sumBits)];
        var validParted = Next(valid, "validParted");
        for (var i = 0; i < Count; i++)
        {
            var parted = fields[i].Registered(fields[i].Type.Bits <= DotProduct.MostEnabled ? valid : null, $"parted{i}");
            var (done, sum) = rest.Reduce(validParted, parted, $"sum{i}_");
            Sum[i].Drive(sum);
            if (i == 0)
            {
                Done.Drive(done);
            }
        }
    }

    private static int FieldBits(HdlType a) => LongBits - a.Width - 1;

    private Signal Next(Signal valid, string name) => resets ? valid.RegisteredReset(0, null, name) : valid.Registered(null, name);
}
