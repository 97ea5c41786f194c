using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>
/// Put on an assembly (<c>[assembly: NamesFromLocals]</c>), it lets a generator note the locals of its modules, so that <c>var sum = x.Registered();</c> makes a register
/// <c>sum</c>. Names that are given win. Calls that can be named take an optional <c>name</c>; operators don't, and <see cref="Hardware.Let"/> names them.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NamesFromLocalsAttribute : Attribute;

/// <summary>One line of the generated table: the call on this line is the value of this local.</summary>
/// <param name="file">The file as <see cref="CallerFilePathAttribute"/> gives it.</param>
/// <param name="line">1-based line of the call.</param>
/// <param name="name">The local's name.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LocalNameAttribute(string file, int line, string name) : Attribute
{
    /// <summary>The file as the compiler gives it to calls.</summary>
    public string File { get; } = file;

    /// <summary>1-based line of the call.</summary>
    public int Line { get; } = line;

    /// <summary>The local's name.</summary>
    public string Name { get; } = name;
}

/// <summary>Finds a call's local in the table of the assembly whose module is being built.</summary>
internal static class LocalNames
{
    // A cache of what the assemblies hold: it changes no result.
    private static readonly ConditionalWeakTable<Assembly, FrozenDictionary<(string, int), string>> _tables = [];

    /// <summary>The name, or that of the local where the name is the method's default.</summary>
    public static string Or(string name, string byDefault, string file, int line) =>
        name == byDefault && Table(Builder.Current.Module.GetType().Assembly).TryGetValue((file, line), out var local) ? local : name;

    private static FrozenDictionary<(string, int), string> Table(Assembly assembly) => _tables.GetValue(assembly, static a =>
        a.GetCustomAttributes<LocalNameAttribute>().ToFrozenDictionary(n => (n.File, n.Line), n => n.Name));
}
