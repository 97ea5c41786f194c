using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>Writes a choice by the value of a selector: nested <c>?:</c> where short, else a <c>case</c>.</summary>
internal static class CaseWriter
{
    /// <summary>More arms than this make a case statement.</summary>
    private const int MaxInlineArms = 2;

    /// <summary>Whether the choice is a case statement.</summary>
    public static bool NeedsBlock(CaseNode node) => Constant(node) is null && Arms(node).Count > MaxInlineArms;

    /// <summary>The choice as an expression.</summary>
    public static Expr Expression(ModuleScope module, CaseNode node)
    {
        if (Constant(node) is { } only)
        {
            return module.Operand(only);
        }

        var selector = node.Operands[0];
        var result = module.Operand(node.Operands[1]);
        foreach (var (key, arm) in Arms(node).Reverse())
        {
            var equal = new Expr($"{module.Operand(selector).In("==")} == {key}", Signed: false, "==");
            result = OperationWriter.Choice(equal, module.Operand(arm), result);
        }

        return result;
    }

    /// <summary>The choice as a case statement. It reads its selector, so it runs at the start of a simulation too.</summary>
    public static void Write(ModuleScope module, CaseNode node, Net target)
    {
        var text = new CodeText();
        text.Open("always @* begin");
        text.Open($"case ({module.Operand(node.Operands[0]).Text})", node.Location);
        foreach (var (key, arm) in Arms(node))
        {
            text.Line($"{key}: {target.Name} = {module.Operand(arm).Text};");
        }

        text.Line($"default: {target.Name} = {module.Operand(node.Operands[1]).Text};");
        text.Close("endcase");
        text.Close("end");
        target.IsReg = true;
        module.Declare(target);
        module.Body.Append(text);
    }

    /// <summary>Arms whose key the selector can have.</summary>
    private static IReadOnlyList<(string Key, Node Value)> Arms(CaseNode node)
    {
        var type = node.Operands[0].Type;
        return [.. node.Keys.Zip(node.Operands.Skip(2)).Where(a => type.Holds(a.First))
            .Select(a => (Literal.Of(a.First, type.Width, type.Signed).Text, a.Second))];
    }

    /// <summary>The arm that a constant selector takes.</summary>
    private static Node? Constant(CaseNode node)
    {
        if (node.Operands[0] is not ConstNode selector)
        {
            return null;
        }

        var arm = node.Keys.IndexOf(selector.Values[0]);
        return arm < 0 ? node.Operands[1] : node.Operands[2 + arm];
    }
}
