using System.Globalization;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Bits and 64-bit words of wide values as C# expressions.</summary>
internal static class WordCode
{
    public static int Words(HdlType type) => (type.Width + 63) / 64;

    /// <summary>Bits <paramref name="low"/> and up of packed memory, zero-extended to ulong; at most 64.</summary>
    /// <param name="address">First byte.</param>
    /// <param name="bytes">Bytes that belong to the value.</param>
    /// <param name="low">Lowest bit.</param>
    /// <param name="width">Number of bits.</param>
    public static string Bits(Address address, int bytes, int low, int width)
    {
        var (start, shift) = (low / 8, low % 8);
        if (shift == 0 && width is 8 or 16 or 32 or 64)
        {
            return $"(ulong){address.Plus(start).Element(ScalarType.Element(width / 8, false))}";
        }

        string text;
        if (shift + width <= 64 && start + 8 <= bytes)
        {
            text = $"{address.Plus(start).Element("ulong")} >> {shift}";
        }
        else
        {
            var (word, bit) = (low / 64, low % 64);
            text = $"{address.Plus(word * 8).Element("ulong")} >> {bit}";
            if (bit + width > 64)
            {
                text = $"({text}) | ({address.Plus((word + 1) * 8).Element("ulong")} << {64 - bit})";
            }
        }

        return width == 64 ? $"({text})" : $"(({text}) & {Mask(width)})";
    }

    /// <summary>Word <paramref name="index"/> of an operand that is extended by its signedness.</summary>
    public static string Word(StepContext context, Value value, int index)
    {
        if (value.Shape == Shape.Scalar)
        {
            var text = context.Repeatable(value);
            return index == 0
                ? value.Type.Signed ? $"(ulong)(long)({text})" : $"(ulong)({text})"
                : value.Type.Signed ? $"(ulong)((long)({text}) >> 63)" : "0ul";
        }

        var words = Words(value.Type);
        var address = context.Address(value);
        return index < words
            ? address.Plus(index * 8).Element("ulong")
            : value.Type.Signed ? $"(ulong)({address.Plus((words - 1) * 8).Element("long")} >> 63)" : "0ul";
    }

    /// <summary>Reduces the last word of a type to its width, extended by its signedness.</summary>
    public static string WrapTop(HdlType type, string word)
    {
        var unused = (64 - (type.Width % 64)) % 64;
        return unused == 0 ? word : type.Signed ? $"(ulong)((long)({word}) << {unused} >> {unused})" : $"(({word}) & {Mask(64 - unused)})";
    }

    public static string Mask(int width) => (((BigInteger.One << width) - 1).ToString(CultureInfo.InvariantCulture)) + "ul";

    /// <summary>A wide scalar as arguments of a <see cref="WideWords"/> method.</summary>
    public static string Argument(StepContext context, Value value) => Argument(context.Address(value).ToString(), value.Type);

    /// <summary>Words at a pointer as arguments of a <see cref="WideWords"/> method.</summary>
    public static string Argument(string pointer, HdlType type) => $"(ulong*){pointer}, {Words(type)}, {(type.Signed ? "true" : "false")}";

    /// <summary>Whether the operation can be written word by word.</summary>
    public static bool IsWordwise(Value value) => value.Type.Lanes == 1 && value.Shape == Shape.Wide && value.Type.Width <= 1024
        && value.Operands.All(o => o.Type.Lanes == 1)
        && value.Kind is ValueKind.And or ValueKind.Or or ValueKind.Xor or ValueKind.Not or ValueKind.Resize or ValueKind.Slice or ValueKind.Concat;

    /// <summary>Word <paramref name="index"/> of the result of such an operation.</summary>
    public static string Result(StepContext context, Value value, int index)
    {
        var word = value.Kind switch
        {
            ValueKind.And => $"{Word(context, value.Operands[0], index)} & {Word(context, value.Operands[1], index)}",
            ValueKind.Or => $"{Word(context, value.Operands[0], index)} | {Word(context, value.Operands[1], index)}",
            ValueKind.Xor => $"{Word(context, value.Operands[0], index)} ^ {Word(context, value.Operands[1], index)}",
            ValueKind.Not => $"~{Word(context, value.Operands[0], index)}",
            ValueKind.Resize => Word(context, value.Operands[0], index),
            ValueKind.Slice => Slice(context, value, index),
            _ => Concat(context, value, index),
        };
        return index == Words(value.Type) - 1 ? WrapTop(value.Type, word) : word;
    }

    private static string Slice(StepContext context, Value value, int index)
    {
        var operand = value.Operands[0];
        var low = value.Parameter + (64 * index);
        return Bits(context.Address(operand), LaneStorage.ElementBytes(operand.Type.Width), low, Math.Min(64, value.Type.Width - (64 * index)));
    }

    private static string Concat(StepContext context, Value value, int index)
    {
        var terms = new List<string>();
        var (first, low) = (64 * index, 0);
        for (var i = value.Operands.Length - 1; i >= 0; i--)
        {
            var part = value.Operands[i];
            var end = low + part.Type.Width;
            if (low < first + 64 && end > first)
            {
                terms.Add(Part(context, part, low - first, Math.Min(end, first + 64) - first));
            }

            low = end;
        }

        return string.Join(" | ", terms);
    }

    // The bits of a part that starts at bit `at` (negative: in an earlier word) and ends before bit `end` of this word.
    private static string Part(StepContext context, Value part, int at, int end)
    {
        var skipped = Math.Max(0, -at);
        string bits;
        if (part.Shape == Shape.Wide)
        {
            bits = Bits(context.Address(part), LaneStorage.ElementBytes(part.Type.Width), skipped, end - Math.Max(0, at));
        }
        else
        {
            bits = ScalarCode.Bits(part, new ScalarType(64, false), context.Repeatable(part));
            bits = skipped == 0 ? $"({bits})" : $"(({bits}) >> {skipped})";
        }

        return at > 0 ? $"({bits} << {at})" : bits;
    }
}
