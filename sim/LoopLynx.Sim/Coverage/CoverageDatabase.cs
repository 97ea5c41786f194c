using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Coverage;

namespace LoopLynx.Sim.Coverage;

/// <summary>
/// What tests have hit of some definitions. Immutable: <see cref="Merge"/> gives the union. Definitions are kept apart by class and by a hash of their hardware,
/// so that parameterisations of a class stand side by side. See docs/guide/11-coverage.md for the file.
/// </summary>
public sealed class CoverageDatabase
{
    internal CoverageDatabase(ImmutableSortedDictionary<string, string> sources, ImmutableSortedDictionary<(string Class, string Hash), DefinitionHits> definitions) =>
        (Sources, Definitions) = (sources, definitions);

    /// <summary>A database of nothing.</summary>
    public static CoverageDatabase Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<(string, string), DefinitionHits>(ByName.Instance));

    /// <summary>C# files by name, with a hash of each; empty where the file wasn't at hand.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; }

    /// <summary>What was hit, by class and hash of the definition.</summary>
    public ImmutableSortedDictionary<(string Class, string Hash), DefinitionHits> Definitions { get; }

    /// <summary>The union of some databases, whatever their order.</summary>
    /// <exception cref="SimulationException">A C# file differs between them: the hits belong to different designs.</exception>
    public static CoverageDatabase Merge(params IEnumerable<CoverageDatabase> databases) => databases.Aggregate(Empty, (a, b) => a.With(b));

    /// <summary>The database as text: equal hits, equal bytes.</summary>
    public override string ToString() => CoverageFile.Write(this);

    internal static CoverageDatabase Of(CoverageDesign coverage, IReadOnlyList<(string Path, CoveredDefinition Definition, BigInteger[] Hits)> hits, string? instance)
    {
        if (instance is not null && hits.All(h => h.Path != instance))
        {
            throw new SimulationException($"'{coverage.Design.Top.Name}' has no instance '{instance}'");
        }

        var files = new SourceNames();
        var (sources, definitions) = (Empty.Sources.ToBuilder(), Empty.Definitions.ToBuilder());
        foreach (var group in hits.Where(h => instance is null || h.Path == instance).GroupBy(h => h.Definition))
        {
            var definition = group.Key;
            var entries = definition.Items.Select((item, i) => new CoverageEntry(item.Kind, item.Name, files.NameOf(item.Location), item.Location.Line, item.Ordinal, item.Bits,
                group.Aggregate(BigInteger.Zero, (all, one) => all | one.Hits[i])));
            var found = new DefinitionHits(definition.ClassName, definition.Hash, [.. entries]);
            var key = (found.Class, found.Hash);
            definitions[key] = definitions.TryGetValue(key, out var known) ? known.With(found) : found;
        }

        foreach (var file in definitions.Values.SelectMany(d => d.Entries).Select(e => e.File).Where(f => f.Length > 0).Distinct())
        {
            sources[file] = files.HashOf(file);
        }

        return new CoverageDatabase(sources.ToImmutable(), definitions.ToImmutable());
    }

    private CoverageDatabase With(CoverageDatabase other)
    {
        var (sources, definitions) = (Sources.ToBuilder(), Definitions.ToBuilder());
        foreach (var (file, hash) in other.Sources)
        {
            if (!sources.TryGetValue(file, out var known) || known.Length == 0)
            {
                sources[file] = hash;
            }
            else if (hash.Length > 0 && hash != known)
            {
                throw new SimulationException($"can't merge coverage: '{file}' has changed between the runs, so their hits are of different designs; run all of them again");
            }
        }

        foreach (var (key, hits) in other.Definitions)
        {
            definitions[key] = definitions.TryGetValue(key, out var known) ? known.With(hits) : hits;
        }

        return new CoverageDatabase(sources.ToImmutable(), definitions.ToImmutable());
    }

    private sealed class ByName : IComparer<(string Class, string Hash)>
    {
        public static ByName Instance { get; } = new();

        public int Compare((string Class, string Hash) x, (string Class, string Hash) y) =>
            string.CompareOrdinal(x.Class, y.Class) is var order and not 0 ? order : string.CompareOrdinal(x.Hash, y.Hash);
    }
}
