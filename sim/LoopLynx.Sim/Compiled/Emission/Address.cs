using System.Globalization;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>A place in memory: a pointer expression and a constant distance.</summary>
internal readonly record struct Address(string Pointer, int Offset)
{
    // The C# compiler binds an index at once, but for each + of a pointer it looks at all operators that there are.
    private bool IsIndexed => Offset != 0 && Pointer.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public Address Plus(int bytes) => this with { Offset = Offset + bytes };

    /// <summary>The place moved by a byte count that is computed.</summary>
    public Address Plus(string bytes) => this with { Pointer = $"{Pointer} + {bytes}" };

    /// <summary>As a <c>byte*</c> expression.</summary>
    public override string ToString() => IsIndexed
        ? $"&{Indexed}"
        : Offset == 0 ? $"({Pointer})" : string.Create(CultureInfo.InvariantCulture, $"({Pointer} + {Offset})");

    /// <summary>The element there as an lvalue.</summary>
    public string Element(string type) => IsIndexed && type == "byte" ? Indexed : $"*({type}*){this}";

    private string Indexed => string.Create(CultureInfo.InvariantCulture, $"{Pointer}[{Offset}]");
}
