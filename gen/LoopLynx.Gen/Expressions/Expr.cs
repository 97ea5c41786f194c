namespace LoopLynx.Gen.Expressions;

/// <summary>
/// Verilog text of a value. Its self-determined width is exact, and it is only ever put where operands have that width, so that
/// Verilog's context rules change nothing; the few forms that do lean on the context (a product, an arithmetic shift, a sum that grows by one)
/// are whole right-hand sides.
/// </summary>
/// <param name="Text">The text.</param>
/// <param name="Signed">Whether Verilog takes it as signed, which need not be what the netlist's type says.</param>
/// <param name="Operator">The outermost operator; null for a name, a select, a literal, a concatenation or a call.</param>
internal readonly record struct Expr(string Text, bool Signed, string? Operator = null)
{
    /// <summary><see cref="Operator"/> of a prefix operator.</summary>
    public const string Unary = "prefix";

    /// <summary><see cref="Operator"/> of <c>?:</c>.</summary>
    public const string Choice = "?";

    /// <summary>The text as an operand of a binary operator.</summary>
    public string In(string parent) =>
        Operator is null or Unary || (Operator == parent && parent is "&" or "|" or "^") ? Text : $"({Text})";

    /// <summary>The text as an operand of a prefix operator or the selector of a choice.</summary>
    public string Tight => Operator is null ? Text : $"({Text})";

    /// <summary>A form that Verilog takes as signed or unsigned.</summary>
    public Expr Seen(bool signed) => Signed == signed ? this : new($"{(signed ? "$signed" : "$unsigned")}({Text})", signed);

    /// <summary>As <see cref="Seen"/>, and it keeps its own width where the context is wider.</summary>
    public Expr Sized(bool signed) =>
        Signed == signed && Operator is null ? this : new($"{(signed ? "$signed" : "$unsigned")}({Text})", signed);
}
