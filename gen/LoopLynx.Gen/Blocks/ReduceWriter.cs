using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>
/// Writes reductions as balanced trees, one vector per level, so that no tool sees a loop through one vector. A sum grows by a bit per level
/// up to the result's width:
/// <code>
/// wire [35:0] dot_level1;
/// generate
///     for (i = 0; i &lt; 4; i = i + 1) begin : dot_pairs1
///         assign dot_level1[i*9 +: 9] = $signed(x[i*16 +: 8]) + $signed(x[i*16 + 8 +: 8]);
///     end
/// endgenerate
/// </code>
/// Several groups are an outer loop around the tree.
/// </summary>
internal sealed class ReduceWriter
{
    /// <summary>Levels of at most this many members are written out, without a loop.</summary>
    private const int FewMembers = 4;

    private readonly ModuleScope _module;
    private readonly ReduceNode _node;
    private readonly CodeText _text = new();
    private readonly List<Net> _levels = [];
    private readonly string _name;
    private readonly bool _inLoop;

    private ReduceWriter(ModuleScope module, ReduceNode node, string name, bool inLoop)
    {
        (_module, _node, _name, _inLoop) = (module, node, name, inLoop);
    }

    /// <summary>Whether the reduction is more than an expression.</summary>
    public static bool NeedsBlock(ReduceNode node) =>
        !IsReductionOperator(node) && (node.Group > 1 || node.Type.Width != node.Operands[0].Type.Width);

    /// <summary>One of Verilog's reduction operators, or the operand itself where groups have one member.</summary>
    public static Expr Expression(ModuleScope module, ReduceNode node)
    {
        var operand = module.Operand(node.Operands[0]);
        var symbol = node.Op switch { ReduceOp.And => "&", ReduceOp.Or => "|", _ => "^" };
        return node.Group == 1 ? operand : new($"{symbol}{operand.Tight}", Signed: false, "reduce");
    }

    /// <summary>Writes the trees that drive <paramref name="target"/>.</summary>
    public static void Write(ModuleScope module, ReduceNode node, Net target)
    {
        var operand = node.Operands[0];
        var groups = operand.Type.Lanes / node.Group;
        var source = module.Select(operand);
        module.Declare(target);
        var writer = new ReduceWriter(module, node, target.Name, groups > 1);
        if (groups == 1)
        {
            writer.Tree(source, target.Source);
            writer._levels.ForEach(n => module.Track(n));
            module.Body.Append(writer._text);
        }
        else
        {
            module.Body.Append(writer.Groups(source, target, groups));
        }
    }

    private static bool IsReductionOperator(ReduceNode node) =>
        node.Op is ReduceOp.And or ReduceOp.Or or ReduceOp.Xor && node.Operands[0].Type.Width == 1
        && node.Type is { Width: 1, Lanes: 1 } && node.Group > 1;

    private CodeText Groups(Source source, Net target, int groups)
    {
        var index = _module.Genvar("g");
        var bits = _node.Group * _node.Operands[0].Type.Width;
        var width = _node.Type.Width;
        var members = source with { Width = bits, Step = bits, Index = index, Count = groups };
        _text.Open("generate");
        _text.Open(LoopWriter.For(index, groups, _module.Names.Fresh($"{_name}_groups")));
        if (_node.Group > FewMembers)
        {
            var group = Level("group", bits);
            _text.Line($"{group.Declaration} = {members.All.Text};");
            members = group.Source;
        }

        Tree(members, new Source(target, width, 0, width, index, groups));
        LoopWriter.Unused(_module, _levels, _text);
        _text.Close("end");
        _text.Close("endgenerate");
        return _text;
    }

    private void Tree(Source members, Source into)
    {
        var (pitch, result) = (_node.Operands[0].Type.Width, _node.Type.Width);
        var width = _node.Op == ReduceOp.Add ? Math.Min(pitch, result) : pitch;
        var level = 1;
        for (var count = _node.Group; count > 1; level++)
        {
            var grown = _node.Op == ReduceOp.Add ? Math.Min(width + 1, result) : width;
            var half = (count + 1) / 2;
            var target = into;
            if (half > 1 || grown != result)
            {
                var net = Level($"level{level}", half * grown);
                _text.Line($"{net.Declaration};");
                target = net.Source;
            }

            Pairs(members, count, pitch, width, target, grown, level);
            (members, count, pitch, width) = (target, half, grown, grown);
        }

        if (members.Net != into.Net)
        {
            var value = result <= width ? members.Bits(0, result) : members.Part(0, width).Extended(result, Signed);
            _text.Line($"assign {into.Target} = {value.Text};");
        }
    }

    private bool Signed => _node.Operands[0].Type.Signed;

    private void Pairs(Source members, int count, int pitch, int width, Source target, int grown, int level)
    {
        var written = 0;
        if (count > FewMembers)
        {
            written = count / 2;
            var index = _module.Genvar("i");
            Source Moving(int low) => members with { Width = width, Low = members.Low + low, Step = 2 * pitch, Index = index, Count = count / 2 };
            var lane = target with { Width = grown, Step = grown, Index = index, Count = count / 2 };
            if (!_inLoop)
            {
                _text.Open("generate");
            }

            _text.Open(LoopWriter.For(index, count / 2, _module.Names.Fresh($"{_name}_pairs{level}")));
            _text.Line($"assign {lane.Target} = {Combine(Moving(0), Moving(pitch), grown)};");
            _text.Close("end");
            if (!_inLoop)
            {
                _text.Close("endgenerate");
            }
        }

        for (var pair = written; pair < (count + 1) / 2; pair++)
        {
            var first = members.Part(2 * pair * pitch, width);
            var value = (2 * pair) + 1 < count ? Combine(first, first.Part(pitch, width), grown) : first.Extended(grown, Signed).Text;
            var to = target.Width == grown ? target : target.Part(pair * grown, grown);
            _text.Line($"assign {to.Target} = {value};");
        }
    }

    private string Combine(Source first, Source second, int grown)
    {
        var (a, b) = (first.All, second.All);
        if (_node.Op is ReduceOp.Max or ReduceOp.Min)
        {
            var symbol = _node.Op == ReduceOp.Max ? ">" : "<";
            return $"{a.Seen(Signed).Text} {symbol} {b.Seen(Signed).Text} ? {a.Text} : {b.Text}";
        }

        if (_node.Op == ReduceOp.Add && grown > first.Width)
        {
            (a, b) = (a.Sized(Signed), b.Sized(Signed));
        }

        var op = _node.Op switch { ReduceOp.Add => "+", ReduceOp.And => "&", ReduceOp.Or => "|", _ => "^" };
        return $"{a.Text} {op} {b.Text}";
    }

    private Net Level(string what, int bits)
    {
        var net = new Net(_module.Names.Fresh($"{_name}_{what}"), new HdlType(bits, false)) { Declared = true };
        _levels.Add(net);
        return net;
    }
}
