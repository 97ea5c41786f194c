namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// How <paramref name="Lanes"/> lanes lie in vector registers of at most <paramref name="Bytes"/> bytes: several full registers ("parts"),
/// one register, or the low end of a 128-bit register.
/// </summary>
internal readonly record struct VectorShape(int Lanes, int Bytes)
{
    /// <summary>Registers for elements of this size.</summary>
    public int Parts(int element) => Math.Max(1, Lanes * element / Bytes);

    /// <summary>Meaningful bytes of one part.</summary>
    public int Valid(int element) => Math.Min(Lanes * element, Bytes);

    /// <summary>Bytes of the register type of a part.</summary>
    public int Register(int element) => Math.Max(16, Valid(element));

    /// <summary>The static class of the register type.</summary>
    public string Class(int element) => $"Vector{Register(element) * 8}";

    /// <summary>The register type.</summary>
    public string Type(int element, bool signed) => $"{Class(element)}<{ScalarType.Element(element, signed)}>";

    /// <summary>The call that reinterprets a register as these elements.</summary>
    public static string As(int element, bool signed) => (element, signed) switch
    {
        (1, true) => ".AsSByte()",
        (1, false) => ".AsByte()",
        (2, true) => ".AsInt16()",
        (2, false) => ".AsUInt16()",
        (4, true) => ".AsInt32()",
        (4, false) => ".AsUInt32()",
        (_, true) => ".AsInt64()",
        _ => ".AsUInt64()",
    };

    /// <summary>A part loaded from memory.</summary>
    public string Load(Address address, int element, bool signed, int part)
    {
        var at = address.Plus(part * Bytes);
        var valid = Valid(element);
        return valid >= 16
            ? $"{Class(element)}.Load(({ScalarType.Element(element, signed)}*){at})"
            : $"Vector128.CreateScalar({at.Element(ScalarType.Element(valid, false))}){As(element, signed)}";
    }

    /// <summary>The statement that stores a part.</summary>
    public string Store(StepContext context, Address address, int element, bool signed, string value, int part)
    {
        var at = address.Plus(part * Bytes);
        var valid = Valid(element);
        return valid >= 16
            ? context.StoreVector(at, ScalarType.Element(element, signed), 8 * Register(element), value)
            : context.StoreText(at, ScalarType.Element(valid, false), $"{value}{As(valid, false)}.ToScalar()");
    }

    /// <summary>All parts with elements of another size: extended by the signedness of the registers, or cut to the low bits.</summary>
    public string[] Convert(string[] parts, int from, int to)
    {
        while (from < to)
        {
            parts = Widen(parts, from);
            from *= 2;
        }

        while (from > to)
        {
            parts = Narrow(parts, from);
            from /= 2;
        }

        return parts;
    }

    private string[] Widen(string[] parts, int from)
    {
        var name = Class(2 * from);
        if (Valid(from) < Bytes)
        {
            var same = Register(from) == Register(2 * from);
            return [same ? $"{name}.WidenLower({parts[0]})" : $"{name}.WidenLower({parts[0]}.To{name}Unsafe())"];
        }

        return [.. parts.SelectMany(p => new[] { $"{name}.WidenLower({p})", $"{name}.WidenUpper({p})" })];
    }

    private string[] Narrow(string[] parts, int from)
    {
        var name = Class(from / 2);
        if (parts.Length > 1)
        {
            return [.. parts.Chunk(2).Select(p => $"{name}.Narrow({p[0]}, {p[1]})")];
        }

        return Valid(from) > 16
            ? [$"{name}.Narrow({parts[0]}.GetLower(), {parts[0]}.GetUpper())"]
            : [$"{name}.Narrow({parts[0]}, {parts[0]})"];
    }
}
