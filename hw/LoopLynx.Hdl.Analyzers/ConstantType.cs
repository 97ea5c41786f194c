using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>
/// The element type of a signal, where the source shows it: <c>UInt(4) * lanes</c>, a port of the same file, a register or wire of the same method.
/// </summary>
internal readonly struct ConstantType(int width, bool signed)
{
    private BigInteger Min => signed ? -(BigInteger.One << (width - 1)) : BigInteger.Zero;

    private BigInteger Max => (BigInteger.One << (signed ? width - 1 : width)) - 1;

    /// <summary>Whether a lane can hold the value.</summary>
    public bool Holds(BigInteger value) => value >= Min && value <= Max;

    /// <summary><c>UInt(4), which holds 0 to 15</c></summary>
    public override string ToString() => $"{(signed ? $"SInt({width})" : width == 1 ? "Bit" : $"UInt({width})")}, which holds {Min} to {Max}";

    /// <summary>The type that an expression of type <c>HdlType</c> gives; null where it isn't a constant.</summary>
    public static ConstantType? Of(IOperation? type, HdlSymbols symbols) => type switch
    {
        IInvocationOperation call when symbols.IsWord(call.TargetMethod, "UInt", "SInt") => Make(call.Arguments[0].Value, call.TargetMethod.Name == "SInt"),
        IInvocationOperation call when symbols.IsWord(call.TargetMethod, "Lanes") => Of(call.Arguments[0].Value, symbols),
        IInvocationOperation { TargetMethod.Name: "WithLanes" } call => Of(call.Instance, symbols),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } lanes => Of(lanes.LeftOperand, symbols),
        IPropertyReferenceOperation { Property.Name: "Bit" } bit when SymbolEqualityComparer.Default.Equals(bit.Property.ContainingType, symbols.Hardware) =>
            new ConstantType(1, false),
        IPropertyReferenceOperation { Property.Name: "Type" } own when symbols.IsSignal(own.Property.ContainingType) => OfSignal(own.Instance, symbols),
        _ => null,
    };

    /// <summary>The type of a signal: a port whose field is initialised in the same file, or a local of the same method.</summary>
    public static ConstantType? OfSignal(IOperation? signal, HdlSymbols symbols) => signal switch
    {
        IFieldReferenceOperation { Field.IsReadOnly: true } field => OfField(field, symbols),
        ILocalReferenceOperation local => OfLocal(local, symbols),
        _ => null,
    };

    private static ConstantType? Make(IOperation width, bool signed) =>
        width.ConstantValue is { HasValue: true, Value: int bits and >= 1 } ? new ConstantType(bits, signed) : null;

    private static ConstantType? OfField(IFieldReferenceOperation field, HdlSymbols symbols) =>
        field.Field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value }
            && value.SyntaxTree == field.Syntax.SyntaxTree
            && field.SemanticModel!.GetOperation(value) is IInvocationOperation call && symbols.IsWord(call.TargetMethod, "Input", "Output")
            ? Of(call.Arguments[0].Value, symbols)
            : null;

    private static ConstantType? OfLocal(ILocalReferenceOperation local, HdlSymbols symbols)
    {
        var designation = local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return designation?.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is { } call
            && !IsAssigned(designation, local.Local.Name)
            && local.SemanticModel!.GetOperation(call) is IInvocationOperation made && symbols.IsWord(made.TargetMethod, "Register", "Wire")
            ? Of(made.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "type")?.Value, symbols)
            : null;
    }

    private static bool IsAssigned(SyntaxNode declaration, string name) => declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Any(assignment => assignment.Left.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.Text == name));
}
