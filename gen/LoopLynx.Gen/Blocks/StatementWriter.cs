using System.Collections.Immutable;
using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Graph;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>Writes <c>if</c>, <c>case</c> and assignments of one <c>always</c> block.</summary>
/// <param name="module">Where values come from.</param>
/// <param name="arrow"><c>=</c> for wires, <c>&lt;=</c> for registers.</param>
internal sealed class StatementWriter(ModuleScope module, string arrow)
{
    /// <summary>Writes statements in order.</summary>
    public void Write(ImmutableArray<Statement> statements, CodeText text)
    {
        foreach (var statement in statements)
        {
            Write(statement, text);
        }
    }

    private void Write(Statement statement, CodeText text)
    {
        switch (statement)
        {
            case AssignStatement assign:
                text.Line($"{module.NetOf(assign.Target).Name} {arrow} {module.RightHandSide(assign.Value).Text};", assign.Location);
                break;
            case IfStatement choice:
                If(choice, text);
                break;
            case SwitchStatement select:
                Switch(select, text);
                break;
        }
    }

    private void If(IfStatement choice, CodeText text)
    {
        var condition = module.Operand(choice.Condition);
        if (choice.Then.IsEmpty)
        {
            text.Open($"if (!{condition.Tight}) begin", choice.Location);
            Write(choice.Else, text);
            text.Close("end");
            return;
        }

        text.Open($"if ({condition.Text}) begin", choice.Location);
        Write(choice.Then, text);
        while (choice.Else is [IfStatement { Then.IsEmpty: false } next])
        {
            text.Next($"end else if ({module.Operand(next.Condition).Text}) begin", next.Location);
            Write(next.Then, text);
            choice = next;
        }

        if (!choice.Else.IsEmpty)
        {
            text.Next("end else begin");
            Write(choice.Else, text);
        }

        text.Close("end");
    }

    private void Switch(SwitchStatement select, CodeText text)
    {
        var type = select.Selector.Type;
        text.Open($"case ({module.Operand(select.Selector).Text})", select.Location);
        foreach (var arm in select.Arms)
        {
            Arm(string.Join(", ", arm.Keys.Select(k => Literal.Of(k, type.Width, type.Signed).Text)), arm.Body, text);
        }

        Arm("default", select.Default, text);
        text.Close("endcase");
    }

    private void Arm(string label, ImmutableArray<Statement> body, CodeText text)
    {
        if (body.IsEmpty)
        {
            text.Line($"{label}: ;");
            return;
        }

        text.Open($"{label}: begin");
        Write(body, text);
        text.Close("end");
    }
}
