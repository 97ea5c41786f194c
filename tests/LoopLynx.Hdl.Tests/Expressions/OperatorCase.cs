using System.Numerics;

namespace LoopLynx.Hdl.Tests.Expressions;

/// <summary>One expression, the type that it must have, and its meaning in exact integers.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Inputs">Types of the operands.</param>
/// <param name="Build">The expression.</param>
/// <param name="Result">Its exact type.</param>
/// <param name="Reference">Result lanes from operand lanes: <c>operands[k][lane]</c>.</param>
internal sealed record OperatorCase(string Name, HdlType[] Inputs, Func<IReadOnlyList<Signal>, Signal> Build, HdlType Result, Func<BigInteger[][], BigInteger[]> Reference)
{
    /// <summary>A lane-wise case: one-lane operands are broadcast.</summary>
    public static OperatorCase LaneWise(string name, HdlType[] inputs, Func<IReadOnlyList<Signal>, Signal> build, HdlType result, Func<BigInteger[], BigInteger> reference) =>
        new($"{name}({string.Join(", ", inputs)})", inputs, build, result, operands =>
            [.. Enumerable.Range(0, result.Lanes).Select(lane => reference([.. operands.Select(o => o[o.Length == 1 ? 0 : lane])]))]);
}
