using System.Globalization;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>A place in memory: a pointer expression and a constant distance.</summary>
internal readonly record struct Address(string Pointer, int Offset)
{
    public Address Plus(int bytes) => this with { Offset = Offset + bytes };

    /// <summary>The place moved by a byte count that is computed.</summary>
    public Address Plus(string bytes) => this with { Pointer = $"{Pointer} + {bytes}" };

    /// <summary>As a <c>byte*</c> expression.</summary>
    public override string ToString() => Offset == 0 ? $"({Pointer})" : string.Create(CultureInfo.InvariantCulture, $"({Pointer} + {Offset})");

    /// <summary>The element there as an lvalue.</summary>
    public string Element(string type) => $"*({type}*){this}";
}
