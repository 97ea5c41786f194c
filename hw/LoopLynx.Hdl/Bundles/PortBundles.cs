using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>The two sides of a bundle.</summary>
public static class PortBundles
{
    /// <summary>The bundle with every direction turned round: <c>public readonly Handshake Kernel = new Handshake().Flip();</c> is the side that starts and waits. The object itself.</summary>
    public static T Flip<T>(this T bundle) where T : PortBundle
    {
        foreach (var (path, port) in bundle.Leaves())
        {
            if (port.Port!.Owner is not null)
            {
                throw new HdlException("HDL0502", $"'{path}' of {typeof(T).Name} belongs to a module already and can't be flipped", "flip the bundle in the initialiser of the module's field");
            }

            port.Port.Flip();
        }

        return bundle;
    }

    /// <summary>
    /// Joins two sides of a bundle in both directions: a module's own port and an instance's of the same side, or two instances' of opposite sides.
    /// </summary>
    public static void Connect<T>(this T bundle, T other, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : PortBundle
    {
        var (builder, location) = (Builder.Current, new SourceLocation(file, line));
        var (mine, others) = (bundle.Leaves().ToList(), other.Leaves().ToList());
        if (!mine.Select(p => p.Path).SequenceEqual(others.Select(p => p.Path)))
        {
            var odd = mine.Select(p => p.Path).Concat(others.Select(p => p.Path)).GroupBy(p => p).First(g => g.Count() == 1).Key;
            Reject(builder, [.. mine, .. others]);
            builder.Report("HDL0502", $"one side of {typeof(T).Name} has '{odd}' and the other one hasn't", location, "give both sides the same parameters");
            return;
        }

        foreach (var ((path, a), (_, b)) in mine.Zip(others))
        {
            var (fromA, fromB) = (IsSource(builder, a.Port!), IsSource(builder, b.Port!));
            if (fromA == fromB)
            {
                Reject(builder, [.. mine, .. others]);
                builder.Report("HDL0502", $"{(fromA ? "both sides drive" : "neither side drives")} '{path}' of {typeof(T).Name}", location,
                    "two instances have opposite sides (Flip); a module's own port and an instance's have the same side", ("one side", a.Port!.Location), ("the other side", b.Port!.Location));
                return;
            }

            builder.DriveField(path, fromA ? b : a, fromA ? a : b, location);
        }
    }

    // Nothing drives them because of the mistake that is reported.
    private static void Reject(Builder builder, IEnumerable<(string Path, Signal Port)> ports)
    {
        foreach (var (_, port) in ports)
        {
            builder.Reject(port);
        }
    }

    // Seen from the module that is being built.
    private static bool IsSource(Builder builder, PortDeclaration port) => port.Direction == (ReferenceEquals(port.Owner, builder.Module) ? PortDirection.Input : PortDirection.Output);
}
