using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Interpreted;

/// <summary>A binary node whose operands and result have at most 64 bits a lane.</summary>
internal sealed unsafe class BinaryOperation<TOperator>(Slot target, Slot a, Slot b) : Operation
    where TOperator : struct, IBinaryOperator
{
    private readonly LaneWrap _wrap = new(target.Type);

    public override void Run(byte* state)
    {
        long* to = target.Data, left = a.Data, right = b.Data;
        var (leftStep, rightStep, lanes, wrap) = (a.LaneStep, b.LaneStep, target.Type.Lanes, _wrap);
        for (var i = 0; i < lanes; i++)
        {
            to[i] = wrap.Apply(TOperator.Apply(*left, *right));
            left += leftStep;
            right += rightStep;
        }
    }
}

/// <summary>Complement or negation of up to 64 bits a lane.</summary>
internal sealed unsafe class UnaryOperation(UnaryOp op, Slot target, Slot a) : Operation
{
    private readonly LaneWrap _wrap = new(target.Type);

    public override void Run(byte* state)
    {
        // -a is ~a + 1.
        var carry = op == UnaryOp.Negate ? 1 : 0;
        for (var i = 0; i < target.Type.Lanes; i++)
        {
            target.Data[i] = _wrap.Apply(~a.Data[i * a.LaneStep] + carry);
        }
    }
}

/// <summary>Wraps an operand of up to 64 bits, shifted right by a constant, to the result: slices, resizes and wires of another type.</summary>
internal sealed unsafe class ResizeOperation(Slot target, Slot a, int low) : Operation
{
    private readonly LaneWrap _wrap = new(target.Type);

    public override void Run(byte* state)
    {
        long* to = target.Data, from = a.Data;
        var (step, lanes, wrap) = (a.LaneStep, target.Type.Lanes, _wrap);
        for (var i = 0; i < lanes; i++)
        {
            to[i] = wrap.Apply(*from >> low);
            from += step;
        }
    }
}
