using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoopLynx.Hdl.Coverage;

namespace LoopLynx.Sim.Coverage;

/// <summary>The JSON file of a <see cref="CoverageDatabase"/>: one line a source and a point, in a fixed order.</summary>
public static class CoverageFile
{
    private const string Format = "looplynx-coverage";
    private const int Version = 1;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file.</summary>
    /// <exception cref="SimulationException">It isn't a coverage file, or is damaged; one line that names it.</exception>
    public static CoverageDatabase Load(string path)
    {
        try
        {
            return Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new SimulationException($"'{path}' is not a coverage file of this version: write it again with 'looplynx coverage'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"can't read the coverage file '{path}': {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Writes a file: the old one or the new one is there, never a part.</summary>
    public static void Save(string path, CoverageDatabase database)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, Write(database));
        File.Move(temporary, path, overwrite: true);
    }

    internal static string Write(CoverageDatabase database)
    {
        var text = new StringBuilder($"{{\"format\":\"{Format}\",\"version\":{Version},\n\"sources\":[");
        text.AppendJoin(',', database.Sources.Select(s => $"\n{Json(new { file = s.Key, hash = s.Value })}")).Append("],\n\"definitions\":[");
        text.AppendJoin(',', database.Definitions.Values.Select(d =>
            $"\n{{\"class\":{Json(d.Class)},\"hash\":{Json(d.Hash)},\"points\":[{string.Join(',', d.Entries.Select(e => $"\n{Point(e)}"))}]}}"));
        return text.Append("]}\n").ToString();
    }

    internal static CoverageDatabase Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (root.GetProperty("format").GetString() != Format || root.GetProperty("version").GetInt32() != Version)
        {
            throw new FormatException();
        }

        var (sources, definitions) = (CoverageDatabase.Empty.Sources.ToBuilder(), CoverageDatabase.Empty.Definitions.ToBuilder());
        foreach (var source in root.GetProperty("sources").EnumerateArray())
        {
            sources[Text(source, "file")] = Text(source, "hash");
        }

        foreach (var definition in root.GetProperty("definitions").EnumerateArray())
        {
            var hits = new DefinitionHits(Text(definition, "class"), Text(definition, "hash"), [.. definition.GetProperty("points").EnumerateArray().Select(Entry)]);
            definitions.Add((hits.Class, hits.Hash), hits);
        }

        return new CoverageDatabase(sources.ToImmutable(), definitions.ToImmutable());
    }

    private static string Point(CoverageEntry e) =>
        Json(new { kind = e.Kind.ToString().ToLowerInvariant(), name = e.Name, file = e.File, line = e.Line, ordinal = e.Ordinal, bits = e.Bits, hits = e.Hits.ToString("x", CultureInfo.InvariantCulture).TrimStart('0') });

    private static CoverageEntry Entry(JsonElement point)
    {
        var bits = point.GetProperty("bits").GetInt32();
        var hits = BigInteger.Parse($"0{Text(point, "hits")}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return bits < 1 || hits >= BigInteger.One << bits ? throw new FormatException() : new CoverageEntry(
            Enum.Parse<CoverageKind>(Text(point, "kind"), ignoreCase: true), Text(point, "name"), Text(point, "file"), point.GetProperty("line").GetInt32(), point.GetProperty("ordinal").GetInt32(), bits, hits);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException();

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Options);
}
