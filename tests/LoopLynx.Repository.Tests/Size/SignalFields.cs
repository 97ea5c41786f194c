using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopLynx.Repository.Tests.Size;

/// <summary>
/// Finds modules' fields that hold signals and aren't ports. A port is made by a read-only field's initialiser, where nothing else can be made; a signal of the
/// inside belongs into a local variable, a parameter or a record.
/// </summary>
internal sealed class SignalFields
{
    private static readonly string[] OwnTypes =
        ["Signal", "SignalGroup", "Stream", "StreamIn", "StreamOut", "PortBundle", "Memory", "Counter", "Credits", "StateRegister", "TreeOutput"];

    private static readonly string[] Functions = ["Func", "Action", "Predicate"];

    private readonly HashSet<string> _modules = ["Module"];
    private readonly HashSet<string> _signalTypes = [.. OwnTypes];

    /// <summary>Learns which classes of the files are modules and which types hold signals; by name, so one name means one of them everywhere.</summary>
    public SignalFields(IEnumerable<SyntaxTree> trees)
    {
        var types = trees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()).ToArray();
        var known = 0;
        while (known != _modules.Count + _signalTypes.Count)
        {
            known = _modules.Count + _signalTypes.Count;
            foreach (var type in types)
            {
                Learn(type);
            }
        }
    }

    /// <summary>Modules of a file that have such fields, with their number.</summary>
    public IEnumerable<Finding> Count(string file, SyntaxTree tree) =>
        from type in tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
        where _modules.Contains(type.Identifier.Text)
        let fields = type.Members.Count(member => IsInside(member))
        where fields > 0
        select new Finding(file, type.Identifier.Text, Measure.Fields, fields);

    private void Learn(TypeDeclarationSyntax type)
    {
        var bases = type.BaseList?.Types.Select(b => NameOf(b.Type)).ToArray() ?? [];
        if (bases.Any(_modules.Contains))
        {
            _modules.Add(type.Identifier.Text);
        }

        var isRecordOfSignals = type is RecordDeclarationSyntax && (type.ParameterList?.Parameters.Any(p => HoldsSignals(p.Type!)) ?? false);
        if (isRecordOfSignals || bases.Any(name => name == "PortBundle" || (_signalTypes.Contains(name) && !_modules.Contains(type.Identifier.Text))))
        {
            _signalTypes.Add(type.Identifier.Text);
        }
    }

    private bool IsInside(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => HoldsSignals(field.Declaration.Type) && !IsShared(field)
            && !(field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) && field.Declaration.Variables.All(v => v.Initializer is not null)),
        PropertyDeclarationSyntax property => HoldsSignals(property.Type) && !IsShared(property)
            && (property.AccessorList?.Accessors.Any(a => a.Body is null && a.ExpressionBody is null) ?? false) && property.Initializer is null,
        _ => false,
    };

    private static bool IsShared(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.AbstractKeyword);

    private bool HoldsSignals(TypeSyntax type) =>
        type.DescendantNodesAndSelf(node => node is not GenericNameSyntax generic || !Functions.Contains(generic.Identifier.Text))
        .OfType<SimpleNameSyntax>().Any(name => _signalTypes.Contains(name.Identifier.Text));

    private static string NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.Text,
        QualifiedNameSyntax name => name.Right.Identifier.Text,
        _ => "",
    };
}
