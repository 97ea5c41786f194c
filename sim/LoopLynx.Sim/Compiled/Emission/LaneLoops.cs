using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Loops over lanes: all lane values of a step, then the store of their root.</summary>
internal sealed class LaneLoops(StepContext context, VectorSupport vectors)
{
    private const int MaximumUnrolled = 4;

    /// <summary>Writes the loop that computes the members and stores <paramref name="root"/>.</summary>
    public void Emit(IReadOnlyList<Value> members, Value root, Address to)
    {
        if (vectors.Supports(root))
        {
            Vectors(members, root, to);
        }
        else
        {
            Scalars(members, root, to);
        }
    }

    private void Vectors(IReadOnlyList<Value> members, Value root, Address to)
    {
        var lanes = root.Type.Lanes;
        var bytes = vectors.Bytes;
        var constants = new VectorConstants(context);
        var stride = Stride(members, bytes, lanes);
        var done = 0;
        if (lanes / stride > MaximumUnrolled && Period(members, stride, lanes) is { } period)
        {
            var i = context.Temporary("i");
            var bodies = Enumerable.Range(0, period / stride)
                .Select(b => Body(members, root, to, new VectorShape(stride, bytes), new LaneIndex(i, b * stride, period), constants))
                .ToList();
            done = lanes / period * period;
            context.Writer.Open($"for (nint {i} = 0; {i} < {done}; {i} += {period})");
            bodies.ForEach(body => body.ForEach(context.Writer.Line));
            context.Writer.Close();
        }

        while (done < lanes)
        {
            // The rest is done in ever smaller vectors.
            while (done + stride > lanes)
            {
                stride /= 2;
            }

            if (vectors.LosesRest && done > 0 && done + stride == lanes)
            {
                break;
            }

            Body(members, root, to, new VectorShape(stride, bytes), new LaneIndex(null, done, 0), constants).ForEach(context.Writer.Line);
            done += stride;
        }
    }

    // Lanes of one round of the loop: a multiple of the stride after which every permutation repeats.
    private static int? Period(IReadOnlyList<Value> members, int stride, int lanes)
    {
        var maps = members.Where(m => m.Kind == ValueKind.LaneMap).Select(m => m.Map).ToList();
        for (var period = stride; 2 * period <= lanes; period *= 2)
        {
            if (maps.TrueForAll(m => LanePattern.StepOf(m, period) is not null))
            {
                return period;
            }
        }

        return null;
    }

    private List<string> Body(IReadOnlyList<Value> members, Value root, Address to, VectorShape shape, LaneIndex index, VectorConstants constants)
    {
        var lines = new List<string>();
        var body = new VectorBody(context, shape, index, constants, lines);
        foreach (var member in members)
        {
            body.Define(member);
        }

        body.Store(root, to);
        return lines;
    }

    // Full registers of the widest elements; twice that where narrower ones are mixed in.
    private static int Stride(IReadOnlyList<Value> members, int bytes, int lanes)
    {
        var elements = members.SelectMany(m => m.Operands.Append(m)).Where(v => v.Type.Lanes > 1).Select(v => LaneStorage.ElementBytes(v.Type.Width)).ToList();
        var stride = bytes / elements.Max() * (elements.Min() < elements.Max() ? 2 : 1);
        while (stride > lanes)
        {
            stride /= 2;
        }

        return stride;
    }

    private void Scalars(IReadOnlyList<Value> members, Value root, Address to)
    {
        // Scalars used in the loop are computed before it.
        foreach (var operand in members.SelectMany(m => m.Operands).Where(o => o.Shape == Shape.Scalar && o.Kind != ValueKind.Constant).Distinct())
        {
            context.Repeatable(operand);
        }

        var i = context.Temporary("i");
        var values = new Dictionary<Value, Expr>();
        context.Writer.Open($"for (nint {i} = 0; {i} < {root.Type.Lanes}; {i}++)");
        Expr Operand(Value value)
        {
            if (values.TryGetValue(value, out var expression))
            {
                return expression;
            }

            return value.Shape == Shape.Scalar ? context.Scalar(value)
                : value.IsUniform ? Expr.Of(ScalarType.Of(value.Type).Literal(value.Integers[0]))
                : StepContext.Load(At(context.Address(value), value.Type, i), value.Type);
        }

        foreach (var member in members)
        {
            var name = context.Temporary("l");
            context.Writer.Line($"{ScalarType.Of(member.Type).Name} {name} = {ScalarCode.Of(member, [.. member.Operands.Select(Operand)]).Text};");
            values[member] = Expr.Of(name);
        }

        context.Store(At(to, root.Type, i), root.Type, Operand(root));
        context.Writer.Close();
    }

    private static Address At(Address address, HdlType type, string i) => address.Plus($"{i} * {LaneStorage.ElementBytes(type.Width)}");
}
