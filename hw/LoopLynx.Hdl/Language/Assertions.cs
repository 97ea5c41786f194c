using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>Claims about a design, checked in simulation and emitted for formal tools.</summary>
public static partial class Hardware
{
    /// <summary>The condition is 1 at every clock edge outside reset (where the surrounding conditions hold).</summary>
    public static void Assert(Signal condition, string message, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Claim(AssertionKind.Assert, condition, message, new SourceLocation(file, line));

    /// <summary>The environment keeps the condition at 1.</summary>
    public static void Assume(Signal condition, string message, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Claim(AssertionKind.Assume, condition, message, new SourceLocation(file, line));

    /// <summary>The condition should become 1 some time.</summary>
    public static void Cover(Signal condition, string message, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Claim(AssertionKind.Cover, condition, message, new SourceLocation(file, line));

    /// <summary>Registers, memories and assertions made in <paramref name="body"/> follow another clock.</summary>
    public static void InDomain(ClockDomain domain, Action body) => Builder.Current.InDomain(domain, body);

    private static void Claim(AssertionKind kind, Signal condition, string message, SourceLocation location)
    {
        var builder = Builder.Current;
        var bit = builder.Condition(condition, location);
        var path = builder.Enabled(null);
        var claim = kind == AssertionKind.Cover
            ? builder.Arena.Binary(new HdlType(1, false), BinaryOp.And, path, bit)
            : builder.Arena.Binary(new HdlType(1, false), BinaryOp.Or, builder.Not(path), bit);
        Builder.Stamp(claim, location);
        builder.Assertions.Add(new AssertionInfo(kind, builder.Unique($"{kind.ToString().ToLowerInvariant()}_{builder.Assertions.Count}"), claim, message, builder.Domain, location));
    }
}
