using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Exact products, lane by lane, with registers where a DSP block has them: operands, product, result.
/// </summary>
/// <remarks>
/// Latency <see cref="Latency"/> cycles, a product a cycle, free-running. A module of its own, because synthesis merges equal registers within a module: so
/// each operand register has one load, its
/// DSP, into which it can go, and the two registers behind the product don't become a part of a longer shift register.
/// </remarks>
/// <param name="a">Lanes of a factor, at most 27 bits signed or 26 unsigned.</param>
/// <param name="b">As many lanes of the other factor, at most 18 bits signed or 17 unsigned.</param>
public sealed class ProductTile(HdlType a, HdlType b) : Module
{
    /// <summary>Cycles from factors to their product.</summary>
    public const int Latency = 3;

    /// <summary>One factor.</summary>
    public readonly Signal A = Input(a);

    /// <summary>The other.</summary>
    public readonly Signal B = Input(b);

    /// <summary>The product, of the widths' sum; signed where a factor is.</summary>
    public readonly Signal Product = Output(ProductType(a, b));

    /// <inheritdoc/>
    public override string Summary => $"products of {a.Width} by {b.Width} bits with the registers of a DSP";

    /// <inheritdoc/>
    public override bool IsKept => true;

    /// <inheritdoc/>
    protected override void Build()
    {
        var (x, y) = (A.Registered(), B.Registered());
        var product = a.Signed == b.Signed ? x * y : (x.ToSigned() * y.ToSigned()).Truncate(a.Width + b.Width);
        Product.Drive(product.Registered(name: "product").Registered(name: "result"));
    }

    /// <summary>The type of an exact product.</summary>
    internal static HdlType ProductType(HdlType a, HdlType b) => new(a.Width + b.Width, a.Signed || b.Signed, a.Lanes);
}
