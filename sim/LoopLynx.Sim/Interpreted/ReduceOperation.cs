using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Interpreted;

/// <summary>Combines runs of lanes of up to 64 bits. The operator is a type argument, as in <see cref="BinaryOperation{TOperator}"/>.</summary>
internal sealed unsafe class ReduceOperation<TOperator>(Slot target, Slot a, int group) : Operation
    where TOperator : struct, IBinaryOperator
{
    private readonly LaneWrap _wrap = new(target.Type);

    public override void Run(byte* state)
    {
        var from = a.Data;
        for (var i = 0; i < target.Type.Lanes; i++)
        {
            var result = *from++;
            for (var k = 1; k < group; k++)
            {
                result = TOperator.Apply(result, *from++);
            }

            target.Data[i] = _wrap.Apply(result);
        }
    }
}

internal readonly struct MaxSignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => long.Max(a, b);
}

internal readonly struct MaxUnsignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => (long)ulong.Max((ulong)a, (ulong)b);
}

internal readonly struct MinSignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => long.Min(a, b);
}

internal readonly struct MinUnsignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => (long)ulong.Min((ulong)a, (ulong)b);
}
