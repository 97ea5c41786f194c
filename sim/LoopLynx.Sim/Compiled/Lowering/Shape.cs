using LoopLynx.Hdl;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>How generated code can hold a type.</summary>
internal enum Shape
{
    /// <summary>One lane of at most 64 bits: a C# local.</summary>
    Scalar,

    /// <summary>Several lanes of at most 64 bits: elements in memory or in vector registers.</summary>
    Lanes,

    /// <summary>Lanes of more than 64 bits: words in memory.</summary>
    Wide,
}

/// <summary>Shapes of types.</summary>
internal static class Shapes
{
    public static Shape Of(HdlType type) => type.Width > 64 ? Shape.Wide : type.Lanes > 1 ? Shape.Lanes : Shape.Scalar;
}
