using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// All lanes of a value in memory reduced to one: registers are combined first, then the halves of what is left.
/// <code>
/// xor of 64 lanes of 32 bits: 8 loads, 7 xors, then 256 -> 128 -> 64 -> 32 bits
/// </code>
/// </summary>
internal sealed class VectorReduce(StepContext context, VectorSupport vectors)
{
    /// <summary>Whether <see cref="Emit"/> can do it; a loop over lanes does the rest.</summary>
    public bool Fits(Value value)
    {
        var from = value.Operands[0].Type;
        return vectors.IsEnabled && value.Shape == Shape.Scalar && BitOperations.IsPow2(from.Lanes) && value.Reduction switch
        {
            ReduceOp.And or ReduceOp.Or or ReduceOp.Xor => true,
            ReduceOp.Add => from.Lanes * AddElement(value) >= 16,
            _ => false,
        };
    }

    /// <summary>Writes the statements and returns the result as an expression of the <see cref="ScalarType"/> of the lanes, or of the sum.</summary>
    public string Emit(Value value) => value.Reduction == ReduceOp.Add ? Sum(value) : Logic(value);

    // Sums are right modulo 2^32 or 2^64, which is all that their type holds.
    private static int AddElement(Value value) => ScalarType.Of(value.Type).Bits / 8;

    private string Sum(Value value)
    {
        var (operand, to) = (value.Operands[0], AddElement(value));
        var (lanes, from) = (operand.Type.Lanes, LaneStorage.ElementBytes(operand.Type.Width));
        var bytes = Math.Min(vectors.Bytes, 32);
        var stride = Math.Min(lanes, bytes / Math.Min(from, to));
        var shape = new VectorShape(stride, bytes);
        var terms = new List<string>();
        for (var lane = 0; lane < lanes; lane += stride)
        {
            var at = context.Address(operand).Plus(lane * from);
            var parts = Enumerable.Range(0, shape.Parts(from)).Select(p => shape.Load(at, from, operand.Type.Signed, p)).ToArray();
            terms.AddRange(shape.Convert(parts, from, to));
        }

        var total = Chain(terms, "+");
        return $"({ScalarType.Of(value.Type).Name}){shape.Class(to)}.Sum({total})";
    }

    private string Logic(Value value)
    {
        var operand = value.Operands[0];
        var symbol = value.Reduction switch
        {
            ReduceOp.And => "&",
            ReduceOp.Or => "|",
            _ => "^",
        };
        var element = LaneStorage.ElementBytes(operand.Type.Width);
        var size = element * operand.Type.Lanes;
        var address = context.Address(operand);
        var word = context.Temporary("w");
        if (size < 16)
        {
            context.Writer.Line($"ulong {word} = {address.Element(ScalarType.Element(size, false))};");
        }
        else
        {
            var bytes = Math.Min(size, Math.Min(vectors.Bytes, 32));
            var register = Chain([.. Enumerable.Range(0, size / bytes).Select(i => $"Vector{8 * bytes}.Load((ulong*){address.Plus(i * bytes)})")], symbol);
            if (bytes == 32)
            {
                var half = context.Temporary("v");
                context.Writer.Line($"var {half} = {register}.GetLower() {symbol} {register}.GetUpper();");
                register = half;
            }

            context.Writer.Line($"ulong {word} = {register}.ToScalar() {symbol} {register}.GetElement(1);");
            size = 8;
        }

        for (size /= 2; size >= element; size /= 2)
        {
            context.Writer.Line($"{word} {symbol}= {word} >> {8 * size};");
        }

        return $"({ScalarType.Of(operand.Type).Name})({ScalarType.Element(operand.Type)}){word}";
    }

    // A few chains side by side hide the latency of the operation.
    private string Chain(List<string> terms, string symbol)
    {
        var names = new List<string>();
        foreach (var chunk in terms.Chunk(8))
        {
            names.Add(context.Temporary("v"));
            context.Writer.Line($"var {names[^1]} = {string.Join($" {symbol} ", chunk)};");
        }

        if (names.Count == 1)
        {
            return names[0];
        }

        var total = context.Temporary("v");
        context.Writer.Line($"var {total} = {string.Join($" {symbol} ", names)};");
        return total;
    }
}
