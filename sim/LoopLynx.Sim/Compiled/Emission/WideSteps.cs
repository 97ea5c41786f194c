using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Lane-wise operations with operands or results of more than 64 bits: word by word where bits only move, else by <see cref="WideWords"/>.</summary>
internal sealed class WideSteps(StepContext context)
{
    private CSharpWriter Writer => context.Writer;

    /// <summary>Writes the statements that leave a value in its slot, or in its local where it is a scalar.</summary>
    public void Emit(Value value)
    {
        if (WordCode.IsWordwise(value))
        {
            var to = context.Address(value);
            for (var i = 0; i < WordCode.Words(value.Type); i++)
            {
                Writer.Line($"{to.Plus(i * 8).Element("ulong")} = {WordCode.Result(context, value, i)};");
            }

            return;
        }

        if (value.Shape == Shape.Scalar)
        {
            Scalar(value);
            return;
        }

        if (value.Type.Lanes == 1)
        {
            Writer.Open("");
            Lane(value, "0");
            Writer.Close();
            return;
        }

        var i0 = context.Temporary("i");
        Writer.Open($"for (nint {i0} = 0; {i0} < {value.Type.Lanes}; {i0}++)");
        Lane(value, i0);
        Writer.Close();
    }

    private void Scalar(Value value)
    {
        var type = ScalarType.Of(value.Type);
        Writer.Line($"{type.Name} n{value.Id};");
        Writer.Open("");
        var word = context.Temporary("w");
        Writer.Line($"ulong {word};");
        Compute(value, $"&{word}", "0");
        Writer.Line($"n{value.Id} = ({type.Name}){word};");
        Writer.Close();
        context.DefineLocal(value);
    }

    private void Lane(Value value, string lane)
    {
        var bytes = LaneStorage.ElementBytes(value.Type.Width);
        var to = value.Type.Lanes == 1 ? context.Address(value) : context.Address(value).Plus($"{lane} * {bytes}");
        if (bytes > 8)
        {
            Compute(value, $"(ulong*){to}", lane);
            return;
        }

        var word = context.Temporary("w");
        Writer.Line($"ulong {word};");
        Compute(value, $"&{word}", lane);
        var element = ScalarType.Element(value.Type);
        Writer.Line($"{to.Element(element)} = ({element}){word};");
    }

    private void Compute(Value value, string d, string lane)
    {
        var words = WordCode.Words(value.Type);
        var target = $"{d}, {words}";
        switch (value.Kind)
        {
            case ValueKind.Equal:
                Test(value, d, lane, "== 0");
                return;
            case ValueKind.NotEqual:
                Test(value, d, lane, "!= 0");
                return;
            case ValueKind.Less:
                Test(value, d, lane, "< 0");
                return;
            case ValueKind.LessOrEqual:
                Test(value, d, lane, "<= 0");
                return;
            case ValueKind.Mux:
                Mux(value, target, lane);
                return;
            case ValueKind.Concat:
                Concat(value, d, words);
                return;
            case ValueKind.ShiftLeft or ValueKind.ShiftRight:
                var (name, bits, _) = Operand(value.Operands[1], lane);
                Writer.Line($"WideWords.{value.Kind}({target}, {Arguments(Operand(value.Operands[0], lane))}, WideWords.Amount({name}, {bits}));");
                break;
            case ValueKind.Slice:
                Writer.Line($"WideWords.ShiftRight({target}, {Arguments(Operand(value.Operands[0], lane))}, {value.Parameter});");
                break;
            case ValueKind.Resize:
                Writer.Line($"WideWords.Extend({target}, {Arguments(Operand(value.Operands[0], lane))});");
                break;
            case ValueKind.Not or ValueKind.Negate:
                Writer.Line($"WideWords.{value.Kind}({target}, {Arguments(Operand(value.Operands[0], lane))});");
                break;
            default:
                Writer.Line($"WideWords.{value.Kind}({target}, {Arguments(Operand(value.Operands[0], lane))}, {Arguments(Operand(value.Operands[1], lane))});");
                break;
        }

        Writer.Line($"WideWords.Wrap({target}, {value.Type.Width}, {Bool(value.Type.Signed)});");
    }

    private void Test(Value value, string d, string lane, string test) =>
        Writer.Line($"*({d}) = WideWords.Compare({Arguments(Operand(value.Operands[0], lane))}, {Arguments(Operand(value.Operands[1], lane))}) {test} ? 1ul : 0ul;");

    private void Mux(Value value, string target, string lane)
    {
        var select = Element(value.Operands[0], lane);
        Writer.Line($"if ({select} != 0) WideWords.Extend({target}, {Arguments(Operand(value.Operands[1], lane))}); else WideWords.Extend({target}, {Arguments(Operand(value.Operands[2], lane))});");
    }

    private void Concat(Value value, string d, int words)
    {
        Writer.Line($"new Span<ulong>({d}, {words}).Clear();");
        var low = 0;
        for (var i = value.Operands.Length - 1; i >= 0; i--)
        {
            var part = value.Operands[i];
            Writer.Line($"WideWords.Insert({d}, {low}, {Operand(part, "0").Pointer}, {part.Type.Width});");
            low += part.Type.Width;
        }
    }

    private static string Arguments((string Pointer, int Words, bool Signed) operand) => $"{operand.Pointer}, {operand.Words}, {Bool(operand.Signed)}";

    // Lanes of at most 64 bits are extended into a word on the stack.
    private (string Pointer, int Words, bool Signed) Operand(Value value, string lane)
    {
        if (value.Shape == Shape.Wide)
        {
            var address = context.Address(value);
            var words = WordCode.Words(value.Type);
            return ($"(ulong*){(value.Type.Lanes == 1 ? address : address.Plus($"{lane} * {words * 8}"))}", words, value.Type.Signed);
        }

        var word = context.Temporary("w");
        Writer.Line($"ulong {word} = (ulong){(value.Type.Signed ? "(long)" : "")}({Element(value, lane)});");
        return ($"&{word}", 1, value.Type.Signed);
    }

    private string Element(Value value, string lane)
    {
        if (value.Shape == Shape.Scalar)
        {
            return context.Scalar(value).Text;
        }

        return value.IsUniform
            ? ScalarType.Of(value.Type).Literal(value.Integers[0])
            : StepContext.LoadText(context.Address(value).Plus($"{lane} * {LaneStorage.ElementBytes(value.Type.Width)}"), value.Type);
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
