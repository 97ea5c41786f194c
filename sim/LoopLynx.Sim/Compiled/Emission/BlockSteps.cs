using System.Globalization;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Operations that move lanes or bits through memory: gathers, joins, reinterpretations, reductions.</summary>
internal sealed class BlockSteps(StepContext context, VectorSupport vectors)
{
    private const int MaximumUnrolled = 32;

    private readonly WideSteps _wide = new(context);
    private readonly VectorReduce _reduce = new(context, vectors);

    private CSharpWriter Writer => context.Writer;

    /// <summary>Writes the statements that leave a value in its slot, or in its local where it is a scalar.</summary>
    public void Emit(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.ReadRow:
                context.Copy(context.Address(value), new Address($"({new ScalarSteps(context).Pointer(value)})", 0), LaneStorage.Bytes(value.Type));
                break;
            case ValueKind.LaneMap:
                LaneMap(value);
                break;
            case ValueKind.LaneConcat:
                LaneConcat(value);
                break;
            case ValueKind.Reinterpret when value.Shape == Shape.Scalar:
                Reinterpret(value);
                break;
            case ValueKind.Reinterpret:
                context.Compared(value, () => Reinterpret(value));
                break;
            case ValueKind.Reduce:
                Reduce(value);
                break;
            default:
                Wide(value);
                break;
        }
    }

    private void Wide(Value value)
    {
        if (value.Shape == Shape.Scalar)
        {
            _wide.Emit(value);
            return;
        }

        context.Compared(value, () => _wide.Emit(value));
    }

    private void LaneMap(Value value)
    {
        var (to, from) = (context.Address(value), context.Address(value.Operands[0]));
        var element = LaneStorage.ElementBytes(value.Type.Width);
        var run = LanePattern.RunOf(value.Map);
        var (runs, bytes) = (value.Map.Length / run, run * element);
        if (runs <= MaximumUnrolled)
        {
            for (var r = 0; r < runs; r++)
            {
                CopyLane(to.Plus(r * bytes), from.Plus(value.Map[r * run] * element), bytes);
            }

            return;
        }

        var table = new byte[runs * sizeof(int)];
        for (var r = 0; r < runs; r++)
        {
            BitConverter.TryWriteBytes(table.AsSpan(r * sizeof(int)), value.Map[r * run] * element);
        }

        var i = context.Temporary("i");
        Writer.Open($"for (nint {i} = 0; {i} < {runs}; {i}++)");
        var source = new Address("s", context.Memory.Constant(table)).Plus($"{i} * 4").Element("int");
        CopyLane(to.Plus($"{i} * {bytes}"), from.Plus($"(nint)({source})"), bytes);
        Writer.Close();
    }

    private void CopyLane(Address to, Address from, int bytes)
    {
        if (bytes is not (1 or 2 or 4 or 8))
        {
            context.Copy(to, from, bytes);
            return;
        }

        var element = ScalarType.Element(bytes, false);
        context.StoreElement(to, element, from.Element(element));
    }

    private void LaneConcat(Value value)
    {
        var to = context.Address(value);
        if (vectors.IsEnabled && Gathered(value) is { } statement)
        {
            Writer.Line(statement);
            return;
        }

        foreach (var part in value.Operands)
        {
            if (part.Shape == Shape.Scalar)
            {
                context.Store(to, part.Type, context.Scalar(part));
            }
            else
            {
                context.Copy(to, context.Address(part), LaneStorage.Bytes(part.Type));
            }

            to = to.Plus(LaneStorage.Bytes(part.Type));
        }
    }

    // Scalars joined in registers: a vector load of lanes that were just stored one by one would wait for all of them.
    private string? Gathered(Value value)
    {
        var bytes = LaneStorage.ElementBytes(value.Type.Width);
        var (total, to) = (LaneStorage.Bytes(value.Type), context.Address(value));
        if (!Array.TrueForAll(value.Operands, o => o.Shape == Shape.Scalar) || total is not (<= 8 or 16 or 32) || (bytes < 4 && total > 8))
        {
            return null;
        }

        if (total > 8)
        {
            var element = ScalarType.Element(value.Type);
            var lanes = value.Operands.Select(o => StepContext.Narrow(o.Type, context.Scalar(o).Text));
            return context.StoreVector(to, element, 8 * total, $"Vector{8 * total}.Create({string.Join(", ", lanes)})");
        }

        // A slot has eight bytes at least.
        var unsigned = ScalarType.Element(bytes, false);
        var terms = value.Operands.Select((o, i) =>
        {
            var bits = o.Type.Signed ? $"(ulong)({unsigned})({context.Scalar(o).Text})" : $"(ulong)({context.Scalar(o).Text})";
            return i == 0 ? bits : string.Create(CultureInfo.InvariantCulture, $"({bits} << {8 * bytes * i})");
        });
        return context.StoreText(to, "ulong", string.Join(" | ", terms));
    }

    private void Reinterpret(Value value)
    {
        var from = value.Operands[0];
        var words = (value.Type.Bits + 63) / 64;
        string bits;
        if (from.Shape == Shape.Scalar)
        {
            bits = context.Temporary("w");
            Writer.Line($"ulong {bits} = {ScalarCode.Bits(from, new ScalarType(64, false), context.Scalar(from).Text)};");
            bits = $"&{bits}";
        }
        else if (Forms.IsDense(from.Type) && from.Type.Bits % 64 == 0)
        {
            bits = $"(ulong*){context.Address(from)}";
        }
        else
        {
            bits = $"(ulong*){new Address("s", context.Memory.Place(words * 8))}";
            Writer.Line($"WideWords.Pack({bits}, {context.Address(from)}, {LaneStorage.ElementBytes(from.Type.Width)}, {from.Type.Width}, {from.Type.Lanes});");
        }

        if (value.Shape == Shape.Scalar)
        {
            var type = ScalarType.Of(value.Type);
            var shift = 64 - value.Type.Width;
            var word = value.Type.Signed && shift > 0 ? $"((long)*({bits}) << {shift} >> {shift})" : $"*({bits})";
            Writer.Line($"{type.Name} n{value.Id} = ({type.Name}){word};");
            context.DefineLocal(value);
            return;
        }

        Writer.Line($"WideWords.Unpack({context.Address(value)}, {LaneStorage.ElementBytes(value.Type.Width)}, {value.Type.Width}, {Bool(value.Type.Signed)}, {value.Type.Lanes}, {bits}, {words});");
    }

    private void Reduce(Value value)
    {
        var from = value.Operands[0];
        var group = value.Parameter;
        var source = context.Address(from);
        var bytes = LaneStorage.ElementBytes(from.Type.Width);
        var type = value.Reduction == ReduceOp.Add ? ScalarType.Of(value.Type) : ScalarType.Of(from.Type);
        var isScalar = value.Shape == Shape.Scalar;
        var inVectors = _reduce.Fits(value);
        var (result, lane, i) = (inVectors ? _reduce.Emit(value) : context.Temporary("r"), context.Temporary("i"), context.Temporary("i"));
        if (!isScalar)
        {
            Writer.Open($"for (nint {lane} = 0; {lane} < {value.Type.Lanes}; {lane}++)");
            source = source.Plus($"{lane} * {group * bytes}");
        }

        string Lane(Address address) => type.Convert(StepContext.LoadText(address, from.Type), ScalarType.Of(from.Type));
        var next = Lane(source.Plus($"{i} * {bytes}"));
        if (!inVectors)
        {
            Writer.Line($"{type.Name} {result} = {Lane(source)};");
            Writer.Line($"for (nint {i} = 1; {i} < {group}; {i}++) {result} = {Combine(value.Reduction, result, next)};");
        }

        var (min, max) = value.Reduction == ReduceOp.Add ? (from.Type.Min * group, from.Type.Max * group) : (from.Type.Min, from.Type.Max);
        var to = ScalarType.Of(value.Type);
        var text = to.Wrap(to.Convert(result, type), value.Type, min, max);
        if (isScalar)
        {
            Writer.Line($"{to.Name} n{value.Id} = {text};");
            context.DefineLocal(value);
            return;
        }

        context.Store(context.Address(value).Plus($"{lane} * {LaneStorage.ElementBytes(value.Type.Width)}"), value.Type, Expr.Of(text));
        Writer.Close();
    }

    private static string Combine(ReduceOp op, string a, string b) => op switch
    {
        ReduceOp.Add => $"{a} + {b}",
        ReduceOp.And => $"{a} & {b}",
        ReduceOp.Or => $"{a} | {b}",
        ReduceOp.Xor => $"{a} ^ {b}",
        ReduceOp.Max => $"Math.Max({a}, {b})",
        _ => $"Math.Min({a}, {b})",
    };

    private static string Bool(bool value) => value ? "true" : "false";
}
