using System.Globalization;
using System.Numerics;

namespace LoopLynx.Fuzz.Equivalence;

/// <summary>What every combinational kind of node computes, as terms: written from the language reference, beside the simulators and the Verilog backend.</summary>
internal static class Operations
{
    /// <summary>The node's term from its operands' terms and types.</summary>
    public static string Term(TextNode node, IReadOnlyList<(string Term, TextType Type)> o) => node.Kind switch
    {
        "const" => Constant(node),
        "wire" => o[0].Term,
        "Not" => Each(node, lane => $"(bvnot {At(o[0], lane, node.Type.Width)})"),
        "Negate" => Each(node, lane => $"(bvneg {At(o[0], lane, node.Type.Width)})"),
        "Add" or "Subtract" or "Multiply" or "And" or "Or" or "Xor" => Each(node, lane => $"({Modular(node.Kind)} {At(o[0], lane, node.Type.Width)} {At(o[1], lane, node.Type.Width)})"),
        "Equal" or "NotEqual" or "Less" or "LessOrEqual" => Each(node, lane => Compare(node.Kind, o[0], o[1], lane)),
        "ShiftLeft" => Each(node, lane => Shift("bvshl", node.Type.Width, o[0], o[1], lane)),
        "ShiftRight" => Each(node, lane => Shift("bvashr", node.Type.Width, o[0], o[1], lane)),
        "mux" => Each(node, lane => BitVectors.Choose(BitVectors.IsOne(At(o[0], lane, 1)), At(o[1], lane, node.Type.Width), At(o[2], lane, node.Type.Width))),
        "case" => Each(node, lane => Case(node, o, lane)),
        "concat" => BitVectors.Join([.. o.Select(p => p.Term).Reverse()]),
        "slice" => Each(node, lane => BitVectors.Bits(BitVectors.Lane(o[0].Term, o[0].Type, lane), Number(node.Words[0]), node.Type.Width)),
        "resize" => Each(node, lane => At(o[0], lane, node.Type.Width)),
        "reduce" => Each(node, lane => Reduce(node, o[0], lane)),
        "lanes" => BitVectors.Join([.. node.Lists[0].Select(lane => BitVectors.Lane(o[0].Term, o[0].Type, Number(lane)))]),
        "join" => BitVectors.Join([.. o.Select(p => p.Term)]),
        "select" => Select(node, o[0], o[1]),
        "reinterpret" => o[0].Term,
        _ => throw new FormatException($"'{node.Kind}' has no meaning here"),
    };

    private static string Constant(TextNode node)
    {
        var values = node.Lists.Count > 0 ? node.Lists[0] : [.. Enumerable.Repeat(node.Words[0], node.Type.Lanes)];
        return BitVectors.Join([.. values.Select(v => BitVectors.Constant(BigInteger.Parse(v, CultureInfo.InvariantCulture), node.Type.Width))]);
    }

    private static string Each(TextNode node, Func<int, string> lane) => BitVectors.Join([.. Enumerable.Range(0, node.Type.Lanes).Select(lane)]);

    // The lane's integer modulo 2^width.
    private static string At((string Term, TextType Type) operand, int lane, int width) =>
        BitVectors.Resize(BitVectors.Lane(operand.Term, operand.Type, lane), operand.Type.Width, operand.Type.Signed, width);

    private static string Modular(string kind) => kind switch
    {
        "Add" => "bvadd",
        "Subtract" => "bvsub",
        "Multiply" => "bvmul",
        "And" => "bvand",
        "Or" => "bvor",
        _ => "bvxor",
    };

    // One bit more than the wider operand holds both as signed integers.
    private static string Compare(string kind, (string Term, TextType Type) a, (string Term, TextType Type) b, int lane)
    {
        var width = Math.Max(a.Type.Width, b.Type.Width) + 1;
        var (left, right) = (At(a, lane, width), At(b, lane, width));
        return BitVectors.Bit(kind switch
        {
            "Equal" => $"(= {left} {right})",
            "NotEqual" => $"(not (= {left} {right}))",
            "Less" => $"(bvslt {left} {right})",
            _ => $"(bvsle {left} {right})",
        });
    }

    // Wide enough for the value, its sign, the result and the amount: nothing wraps before the last cut.
    private static string Shift(string operation, int result, (string Term, TextType Type) a, (string Term, TextType Type) by, int lane)
    {
        var width = Math.Max(Math.Max(a.Type.Width, by.Type.Width), result) + 1;
        return BitVectors.Bits($"({operation} {At(a, lane, width)} {At(by, lane, width)})", 0, result);
    }

    private static string Case(TextNode node, IReadOnlyList<(string Term, TextType Type)> o, int lane)
    {
        var term = At(o[1], lane, node.Type.Width);
        foreach (var (key, arm) in node.Lists[0].Zip(o.Skip(2)).Reverse())
        {
            var hit = $"(= {o[0].Term} {BitVectors.Constant(BigInteger.Parse(key, CultureInfo.InvariantCulture), o[0].Type.Width)})";
            term = BitVectors.Choose(hit, At(arm, lane, node.Type.Width), term);
        }

        return term;
    }

    private static string Reduce(TextNode node, (string Term, TextType Type) operand, int lane)
    {
        var group = Number(node.Words[1]);
        var width = node.Type.Width;
        var lanes = Enumerable.Range(lane * group, group).Select(i => At(operand, i, width)).ToArray();
        return node.Words[0] switch
        {
            "Max" => lanes.Aggregate((a, b) => BitVectors.Choose(Less(b, a), a, b)),
            "Min" => lanes.Aggregate((a, b) => BitVectors.Choose(Less(a, b), a, b)),
            var kind => lanes.Aggregate((a, b) => $"({Modular(kind)} {a} {b})"),
        };

        string Less(string a, string b) => $"({(operand.Type.Signed ? "bvslt" : "bvult")} {a} {b})";
    }

    // An index past the last run gives the last run.
    private static string Select(TextNode node, (string Term, TextType Type) from, (string Term, TextType Type) index)
    {
        var runs = from.Type.Lanes / node.Type.Lanes;
        var term = Run(runs - 1);
        for (var run = runs - 2; run >= 0; run--)
        {
            if (run < BigInteger.One << index.Type.Width)
            {
                term = BitVectors.Choose($"(= {index.Term} {BitVectors.Constant(run, index.Type.Width)})", Run(run), term);
            }
        }

        return term;

        string Run(int run) => BitVectors.Bits(from.Term, run * node.Type.Bits, node.Type.Bits);
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
