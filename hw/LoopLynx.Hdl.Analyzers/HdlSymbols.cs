using Microsoft.CodeAnalysis;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>The types of the language as one compilation sees them.</summary>
public sealed class HdlSymbols
{
    private readonly INamedTypeSymbol? _stream;
    private readonly INamedTypeSymbol? _memory;

    private HdlSymbols(Compilation compilation, INamedTypeSymbol signal)
    {
        Signal = signal;
        Module = compilation.GetTypeByMetadataName("LoopLynx.Hdl.Module");
        Hardware = compilation.GetTypeByMetadataName("LoopLynx.Hdl.Hardware");
        HdlType = compilation.GetTypeByMetadataName("LoopLynx.Hdl.HdlType");
        Bench = compilation.GetTypeByMetadataName("LoopLynx.Testing.Bench");
        EngineExtensions = compilation.GetTypeByMetadataName("LoopLynx.Sim.EngineExtensions");
        PortBundle = compilation.GetTypeByMetadataName("LoopLynx.Hdl.IPortBundle");
        _stream = compilation.GetTypeByMetadataName("LoopLynx.Hdl.Stream`1");
        _memory = compilation.GetTypeByMetadataName("LoopLynx.Hdl.Memory");
    }

    /// <summary><c>LoopLynx.Hdl.Signal</c></summary>
    public INamedTypeSymbol Signal { get; }

    /// <summary><c>LoopLynx.Hdl.Module</c></summary>
    public INamedTypeSymbol? Module { get; }

    /// <summary><c>LoopLynx.Hdl.Hardware</c>: the words of the language.</summary>
    public INamedTypeSymbol? Hardware { get; }

    /// <summary><c>LoopLynx.Hdl.HdlType</c></summary>
    public INamedTypeSymbol? HdlType { get; }

    /// <summary><c>LoopLynx.Hdl.IPortBundle</c></summary>
    public INamedTypeSymbol? PortBundle { get; }

    /// <summary><c>LoopLynx.Testing.Bench</c>, where the project has it.</summary>
    public INamedTypeSymbol? Bench { get; }

    /// <summary><c>LoopLynx.Sim.EngineExtensions</c>, where the project has it.</summary>
    public INamedTypeSymbol? EngineExtensions { get; }

    /// <summary>The types, or null in a project that doesn't know the language.</summary>
    public static HdlSymbols? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("LoopLynx.Hdl.Signal") is { } signal ? new HdlSymbols(compilation, signal) : null;

    /// <summary>Whether the type is <see cref="Signal"/>.</summary>
    public bool IsSignal(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, Signal);

    /// <summary>
    /// Whether the type is a stream, an array of streams, a memory, a signal or a type of signals: something that is hardware only where it is used.
    /// </summary>
    public bool IsValue(ITypeSymbol? type) => type is IArrayTypeSymbol array ? IsValue(array.ElementType)
        : IsSignal(type) || IsStream(type) || Equal(type, _memory) || Equal(type, HdlType);

    /// <summary>Whether the type is or derives from <c>Stream&lt;T&gt;</c>.</summary>
    public bool IsStream(ITypeSymbol? type) => type is not null && (Equal(type.OriginalDefinition, _stream) || IsStream(type.BaseType));

    /// <summary>Whether the type derives from <see cref="Module"/>.</summary>
    public bool IsModule(ITypeSymbol? type) => type is not null && (Equal(type.BaseType, Module) || IsModule(type.BaseType));

    /// <summary>Whether a member is of the language's own assembly.</summary>
    public bool IsOfLanguage(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, Signal.ContainingAssembly);

    /// <summary>Whether the method is a word of the language with one of the names.</summary>
    public bool IsWord(IMethodSymbol method, params string[] names) => Equal(method.ContainingType, Hardware) && names.Contains(method.Name);

    private static bool Equal(ITypeSymbol? a, ITypeSymbol? b) => a is not null && SymbolEqualityComparer.Default.Equals(a, b);
}
