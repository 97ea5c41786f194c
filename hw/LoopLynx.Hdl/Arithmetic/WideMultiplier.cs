using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Exact products of any widths, lane by lane, in tiles of 27 by 18 bits (26 by 17 where a piece has no sign): each tile is a DSP with all of its registers,
/// and adders with registers between
/// them put the tiles together.
/// </summary>
/// <remarks>Latency <see cref="Latency"/> cycles, a product a cycle, free-running. In a pipeline's function: <see cref="WideProducts.MultiplyWide"/>.</remarks>
/// <param name="a">Lanes of a factor.</param>
/// <param name="b">As many lanes of the other factor.</param>
public sealed class WideMultiplier(HdlType a, HdlType b) : Module
{
    private const int LongBits = 26;
    private const int ShortBits = 17;

    /// <summary>One factor.</summary>
    public readonly Signal A = Input(a);

    /// <summary>The other.</summary>
    public readonly Signal B = Input(b);

    /// <summary>The product, of the widths' sum; signed where a factor is.</summary>
    public readonly Signal Product = Output(ProductTile.ProductType(a, b));

    /// <inheritdoc/>
    public override string Summary => $"products of {a.Width} by {b.Width} bits in {Tiles(a, b).Count} tiles";

    /// <summary>Cycles from factors to their product: a tile's, and a level of adders for every doubling of the tiles.</summary>
    public static int Latency(HdlType a, HdlType b) => ProductTile.Latency + Sizes.CeilLog2(Tiles(a, b).Count);

    /// <inheritdoc/>
    protected override void Build()
    {
        var terms = Tiles(a, b).Select((tile, i) =>
        {
            var product = Instance(new ProductTile(TypeOf(a, tile.Of), TypeOf(b, tile.By)), $"tile{i}");
            product.A.Drive(Part(A, tile.Of));
            product.B.Drive(Part(B, tile.By));
            return new Term(product.Product, tile.Of.Low + tile.By.Low);
        }).ToList();
        for (var level = 1; terms.Count > 1; level++)
        {
            terms = [.. terms.Chunk(2).Select((pair, i) =>
                pair.Length == 1 ? pair[0] with { Value = pair[0].Value.Registered() } : Sum(pair, $"sum{level}_{i}"))];
        }

        var product = terms[0].Value.Resize(Product.Width);
        Product.Drive(Product.Type.Signed ? product.AsSigned() : product.AsUnsigned());
    }

    /// <summary>
    /// The tiles, by the second factor's pieces and then by the first one's; whichever factor needs fewer tiles so is cut into the longer pieces.
    /// </summary>
    private static List<ProductPieces> Tiles(HdlType a, HdlType b)
    {
        var (first, second) = (Grid(a, LongBits, b, ShortBits), Grid(a, ShortBits, b, LongBits));
        return first.Count < second.Count || (first.Count == second.Count && a.Width >= b.Width) ? first : second;
    }

    private static List<ProductPieces> Grid(HdlType a, int aBits, HdlType b, int bBits) =>
        [.. Pieces(b, bBits).SelectMany(by => Pieces(a, aBits).Select(of => new ProductPieces(of, by)))];

    private static List<Piece> Pieces(HdlType type, int bits)
    {
        var pieces = new List<Piece>();
        var low = 0;
        for (var limit = bits + (type.Signed ? 1 : 0); type.Width - low > limit; low += bits)
        {
            pieces.Add(new Piece(low, bits, false));
        }

        pieces.Add(new Piece(low, type.Width - low, type.Signed));
        return pieces;
    }

    private static HdlType TypeOf(HdlType whole, Piece piece) => new(piece.Width, piece.Signed, whole.Lanes);

    private static Signal Part(Signal whole, Piece piece)
    {
        var bits = whole.Slice(piece.Low, piece.Width);
        return piece.Signed ? bits.AsSigned() : bits;
    }

    /// <summary>The bits of the lower term that the upper one doesn't reach stay as they are, so that the adder is no longer than the overlap.</summary>
    private Term Sum(Term[] pair, string name)
    {
        var (low, high) = pair[0].Low <= pair[1].Low ? (pair[0], pair[1]) : (pair[1], pair[0]);
        var signed = low.Value.Type.Signed || high.Value.Type.Signed;
        var (lower, upper) = signed ? (low.Value.ToSigned(), high.Value.ToSigned()) : (low.Value, high.Value);
        var apart = high.Low - low.Low;
        lower = lower.Extend(Math.Max(lower.Width, apart + 1));
        var sum = upper + (lower >> apart);
        var bits = apart == 0 ? sum.AsUnsigned() : (sum.AsUnsigned() << apart) | lower.Slice(0, apart);
        bits = bits.Resize(Math.Min(bits.Width, Product.Width - low.Low));
        return new Term((signed ? bits.AsSigned() : bits).Registered(name: name), low.Low);
    }

    private sealed record Piece(int Low, int Width, bool Signed);

    private sealed record ProductPieces(Piece Of, Piece By);

    /// <summary>A value to be added at a bit of the product.</summary>
    private sealed record Term(Signal Value, int Low);
}
