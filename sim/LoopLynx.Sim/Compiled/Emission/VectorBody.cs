using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics.X86;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// The body of a lane loop on vector registers. Every value is a list of registers with canonical elements (extended by the type's signedness);
/// results of comparisons are masks of all ones until someone needs them as bits.
/// </summary>
internal sealed class VectorBody(StepContext context, VectorShape shape, LaneIndex index, VectorConstants constants, List<string> lines)
{
    private const int MaximumInline = 160;

    private readonly Dictionary<Value, string[]> _parts = [];
    private readonly Dictionary<Value, (int Element, string[] Parts)> _masks = [];
    private readonly Dictionary<(Value, int), string[]> _converted = [];

    /// <summary>Computes a member.</summary>
    public void Define(Value value)
    {
        var element = Element(value.Type);
        if (Mask(value) is { } mask)
        {
            _masks[value] = (mask.Element, Keep(value, mask.Parts));
            return;
        }

        _parts[value] = Keep(value, Compute(value, element));
    }

    /// <summary>Stores all lanes of a value.</summary>
    public void Store(Value value, Address address)
    {
        var element = Element(value.Type);
        var parts = At(value, element, value.Type.Signed);
        for (var p = 0; p < parts.Length; p++)
        {
            lines.Add(shape.Store(context, index.At(address, element), element, value.Type.Signed, parts[p], p));
        }
    }

    private static int Element(HdlType type) => LaneStorage.ElementBytes(type.Width);

    private string[] Keep(Value value, string[] parts) => context.Uses(value) <= 1 && parts.All(p => p.Length <= MaximumInline) ? parts : Locals(parts);

    private string[] Locals(string[] parts) => [.. parts.Select(part =>
    {
        var name = context.Temporary("v");
        lines.Add($"var {name} = {part};");
        return name;
    })];

    /// <summary>A value with elements of the given size and signedness of registers; extended by the value's own signedness.</summary>
    private string[] At(Value value, int element, bool signed)
    {
        if (value.Shape == Shape.Scalar || value.IsUniform)
        {
            return constants.Broadcast(value, shape, element, signed);
        }

        var from = Element(value.Type);
        var key = (value, element);
        if (!_converted.TryGetValue(key, out var parts))
        {
            parts = shape.Convert(Canonical(value), from, element);
            if (from != element && context.Uses(value) > 1)
            {
                parts = Locals(parts);
            }

            _converted[key] = parts;
        }

        return value.Type.Signed == signed ? parts : Cast(parts, element, signed);
    }

    private static string[] Cast(string[] parts, int element, bool signed) => [.. parts.Select(p => p + VectorShape.As(element, signed))];

    private string[] Canonical(Value value)
    {
        if (_parts.TryGetValue(value, out var parts))
        {
            return parts;
        }

        if (_masks.TryGetValue(value, out var mask))
        {
            var ones = constants.Literal(shape, 1, false, 1);
            parts = Each(p => $"({p}.AsByte() & {ones})", shape.Convert(mask.Parts, mask.Element, 1));
        }
        else
        {
            var element = Element(value.Type);
            parts = [.. Enumerable.Range(0, shape.Parts(element)).Select(p => shape.Load(index.At(context.Address(value), element), element, value.Type.Signed, p))];
        }

        return _parts[value] = Keep(value, parts);
    }

    private static string[] Each(Func<string, string> form, string[] parts) => [.. parts.Select(form)];

    private static string[] Each(Func<string, string, string> form, string[] a, string[] b) => [.. a.Zip(b, form)];

    /// <summary>Comparisons, and logic of comparisons with elements of one size, as registers of signed elements.</summary>
    private (int Element, string[] Parts)? Mask(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Equal or ValueKind.NotEqual or ValueKind.Less or ValueKind.LessOrEqual:
                return Compare(value);
            case ValueKind.Not or ValueKind.And or ValueKind.Or or ValueKind.Xor when value.Type.Width == 1 && !value.Type.Signed:
                var masks = value.Operands.Select(o => _masks.TryGetValue(o, out var m) ? m : default).ToList();
                if (masks.Exists(m => m.Element == 0 || m.Element != masks[0].Element))
                {
                    return null;
                }

                return (masks[0].Element, value.Kind == ValueKind.Not
                    ? Each(a => $"(~{a})", masks[0].Parts)
                    : Each((a, b) => $"({a} {Symbol(value.Kind)} {b})", masks[0].Parts, masks[1].Parts));
            default:
                return null;
        }
    }

    private (int Element, string[] Parts) Compare(Value value)
    {
        var (a, b) = (value.Operands[0], value.Operands[1]);
        var element = Math.Max(Element(a.Type), Element(b.Type));
        var name = value.Kind switch
        {
            ValueKind.Less => "LessThan",
            ValueKind.LessOrEqual => "LessThanOrEqual",
            _ => "Equals",
        };
        var not = value.Kind == ValueKind.NotEqual ? "~" : "";
        var parts = Each((x, y) => $"({not}{shape.Class(element)}.{name}({x}, {y}))", At(a, element, a.Type.Signed), At(b, element, a.Type.Signed));
        return (element, a.Type.Signed ? parts : Cast(parts, element, true));
    }

    private static string Symbol(ValueKind kind) => kind switch
    {
        ValueKind.Add => "+",
        ValueKind.Subtract => "-",
        ValueKind.Multiply => "*",
        ValueKind.And => "&",
        ValueKind.Or => "|",
        _ => "^",
    };

    private string[] Compute(Value value, int element)
    {
        var (type, signed) = (value.Type, value.Type.Signed);
        string[] Operand(int i) => At(value.Operands[i], element, signed);
        switch (value.Kind)
        {
            case ValueKind.Not:
                var ones = signed ? null : constants.Literal(shape, element, false, type.Max);
                return Each(a => ones is null ? $"(~{a})" : $"({a} ^ {ones})", Operand(0));
            case ValueKind.Negate:
                return Wrap(value, element, Each(a => $"(-{a})", Operand(0)));
            case ValueKind.Multiply when element == 8 && VectorMultiply.Fits(value):
                return Wrap(value, element, Each((a, b) => VectorMultiply.Long(shape, a, b, signed), Operand(0), Operand(1)));
            case ValueKind.Add or ValueKind.Subtract or ValueKind.Multiply or ValueKind.And or ValueKind.Or or ValueKind.Xor:
                return Wrap(value, element, Each((a, b) => $"({a} {Symbol(value.Kind)} {b})", Operand(0), Operand(1)));
            case ValueKind.Mux:
                return Mux(value, element);
            case ValueKind.Resize:
                var (min, max) = Ranges.Of(value.Operands[0]);
                return Wrap(type, element, Operand(0), min, max);
            case ValueKind.Slice:
                return Slice(value, element);
            case ValueKind.LaneMap:
                var load = new VectorPermute(shape, context.Address(value.Operands[0]), element, signed);
                return [.. Enumerable.Range(0, shape.Parts(element)).Select(p => load.Part(value.Map, index, p))];
            case ValueKind.ShiftLeft when VectorSupport.IsConstant(value):
                return ShiftLeft(value, element);
            case ValueKind.ShiftRight when VectorSupport.IsConstant(value):
                return ShiftRight(value, element);
            case ValueKind.ShiftLeft or ValueKind.ShiftRight:
                return VariableShift(value, element);
            default:
                throw new InvalidOperationException($"{value.Kind} is not a vector operation");
        }
    }

    private string[] Wrap(Value value, int element, string[] parts)
    {
        var (min, max) = Ranges.Exact(value);
        return Wrap(value.Type, element, parts, min, max);
    }

    private string[] Wrap(HdlType type, int element, string[] parts, BigInteger min, BigInteger max)
    {
        var unused = (8 * element) - type.Width;
        if (unused == 0 || (type.Holds(min) && type.Holds(max)))
        {
            return parts;
        }

        var mask = type.Signed ? null : constants.Literal(shape, element, false, type.Max);
        return Each(p => mask is null ? $"(({p} << {unused}) >> {unused})" : $"({p} & {mask})", parts);
    }

    private string[] Mux(Value value, int element)
    {
        var signed = value.Type.Signed;
        var select = MaskOf(value.Operands[0], element, signed);
        var (t, f) = (value.Operands[1], value.Operands[2]);
        if (IsZero(t))
        {
            return Each((m, b) => $"{shape.Class(element)}.AndNot({b}, {m})", select, At(f, element, signed));
        }

        if (IsZero(f))
        {
            return Each((m, a) => $"({a} & {m})", select, At(t, element, signed));
        }

        var (whenTrue, whenFalse) = (At(t, element, signed), At(f, element, signed));
        return [.. select.Select((m, p) => $"{shape.Class(element)}.ConditionalSelect({m}, {whenTrue[p]}, {whenFalse[p]})")];
    }

    private static bool IsZero(Value value) => value.IsUniform && value.Integers[0].IsZero;

    private string[] MaskOf(Value select, int element, bool signed)
    {
        if (select.Shape == Shape.Scalar)
        {
            return constants.BroadcastMask(select, shape, element, signed);
        }

        if (_masks.TryGetValue(select, out var mask))
        {
            return Cast(shape.Convert(mask.Parts, mask.Element, element), element, signed);
        }

        return Cast(Each(p => $"({shape.Type(element, false)}.Zero - {p})", At(select, element, false)), element, signed);
    }

    private string[] Slice(Value value, int element)
    {
        var operand = value.Operands[0];
        var from = Element(operand.Type);
        var parts = value.Parameter == 0
            ? At(operand, element, false)
            : shape.Convert(Each(p => $"({p} >>> {value.Parameter})", At(operand, from, false)), from, element);
        var top = value.Parameter + value.Type.Width;
        var max = operand.Type.Signed || top < operand.Type.Width ? BigInteger.One << 64 : value.Type.Max;
        return Wrap(value.Type, element, parts, 0, max);
    }

    private string[] ShiftLeft(Value value, int element)
    {
        var amount = value.Operands[1].Integers[0];
        return amount >= 8 * element
            ? constants.Zero(shape, element, value.Type.Signed)
            : Wrap(value, element, Each(p => string.Create(CultureInfo.InvariantCulture, $"({p} << {amount})"), At(value.Operands[0], element, value.Type.Signed)));
    }

    private string[] ShiftRight(Value value, int element)
    {
        var operand = value.Operands[0];
        var from = Element(operand.Type);
        var amount = value.Operands[1].Integers[0];
        if (amount >= 8 * from && !operand.Type.Signed)
        {
            return constants.Zero(shape, element, value.Type.Signed);
        }

        var bits = BigInteger.Min(amount, (8 * from) - 1);
        var parts = Each(p => string.Create(CultureInfo.InvariantCulture, $"({p} >> {bits})"), At(operand, from, operand.Type.Signed));
        return Wrap(value, element, Cast(shape.Convert(parts, from, element), element, value.Type.Signed));
    }

    private string[] VariableShift(Value value, int element)
    {
        var from = VectorSupport.ShiftElement(value);
        var left = value.Kind == ValueKind.ShiftLeft;
        var signed = left ? value.Type.Signed : value.Operands[0].Type.Signed;
        var parts = Each((a, n) => VectorShift.Variable(shape, from, left, signed, a, n), At(value.Operands[0], from, signed), At(value.Operands[1], from, false));
        return Wrap(value, element, Cast(shape.Convert(parts, from, element), element, value.Type.Signed));
    }
}
