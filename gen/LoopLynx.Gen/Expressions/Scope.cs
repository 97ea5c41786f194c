using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Expressions;

/// <summary>A place where text is written: the module, where a value is its packed vector, or a loop over lanes, where it is one lane.</summary>
internal abstract class Scope
{
    /// <summary>Longest text that is written inside another expression.</summary>
    protected const int MaxInline = 60;

    /// <summary>Longest text of a whole right-hand side.</summary>
    protected const int MaxRightHandSide = 110;

    /// <summary>Makes the scope and the writers that work in it.</summary>
    protected Scope() => Writer = new(this);

    /// <summary>Writes operations in this scope.</summary>
    public OperationWriter Writer { get; }

    /// <summary>Names of the whole module.</summary>
    public abstract ModuleScope Module { get; }

    /// <summary>Bits of the value as this scope sees it.</summary>
    public abstract int WidthOf(Node node);

    /// <summary>The value as an operand; its nets are declared before.</summary>
    public abstract Expr Operand(Node node);

    /// <summary>The value as something from which bits can be taken.</summary>
    public abstract Source Select(Node node);

    /// <summary>Whether the value is read once, has no net, and may be written inside its reader in another form.</summary>
    public abstract bool CanAbsorb(Node node);

    /// <summary>Declares a net for a part of the value and drives it.</summary>
    public abstract Net Temporary(Node node, string what, HdlType type, Expr value);

    /// <summary>The operation as text: where it is short it stays text, else it becomes a net.</summary>
    protected Expr Inline(Node node, bool wholeRightHandSide)
    {
        var width = WidthOf(node);
        var text = Writer.Write(node, width, wholeRightHandSide);
        return text.Text.Length <= (wholeRightHandSide ? MaxRightHandSide : MaxInline)
            ? text
            : Temporary(node, Hints.Of(node), new HdlType(width, node.Type.Signed && width == node.Type.Width), text).Whole;
    }
}
