using System.Text.Json;

namespace LoopLynx.Host;

/// <summary>Reads a JSON file whose root is an object, with errors that name the file and the field.</summary>
internal sealed class JsonObjectFile : IDisposable
{
    private readonly JsonDocument document;
    private readonly string path;

    public JsonObjectFile(string path)
    {
        this.path = path;
        document = Parse(Read(path), path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new HostException($"{path}: is not a JSON object; take the file from the checkpoint's download");
    }

    public JsonElement Root => document.RootElement;

    public void Dispose() => document.Dispose();

    /// <summary>A required positive integer, under the first of the names that is present.</summary>
    public int PositiveInt(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (Root.TryGetProperty(name, out JsonElement value))
                return PositiveInt(name, value);
        throw new HostException($"{path}: field \"{names[0]}\" is missing; it must be a positive integer");
    }

    /// <summary>An optional positive integer; absent or null gives <paramref name="fallback"/>.</summary>
    public int PositiveIntOr(string name, int fallback) =>
        Root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? PositiveInt(name, value) : fallback;

    /// <summary>An optional token id; absent or null gives null.</summary>
    public int? TokenId(string name, int vocab)
    {
        if (!Root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id >= 0 && id < vocab)
            return id;
        throw new HostException($"{path}: field \"{name}\" is {value.GetRawText()}; it must be a token id below {vocab}");
    }

    /// <summary>An optional positive number.</summary>
    public double PositiveNumberOr(string name, double fallback)
    {
        if (!Root.TryGetProperty(name, out JsonElement value))
            return fallback;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number > 0)
            return number;
        throw new HostException($"{path}: field \"{name}\" is {value.GetRawText()}; it must be a positive number");
    }

    /// <summary>An optional string.</summary>
    public string StringOr(string name, string fallback) =>
        Root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : fallback;

    /// <summary>An optional flag.</summary>
    public bool FlagOr(string name, bool fallback) =>
        Root.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : fallback;

    private int PositiveInt(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number > 0
            ? number
            : throw new HostException($"{path}: field \"{name}\" is {value.GetRawText()}; it must be a positive integer");

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostException($"{path}: the file does not exist; a model directory holds config.json, model.safetensors, vocab.json and merges.txt", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"{path}: the file cannot be read; check its permissions", e);
        }
    }

    private static JsonDocument Parse(byte[] bytes, string path)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new HostException($"{path}: is not valid JSON (line {e.LineNumber + 1}); take the file from the checkpoint's download", e);
        }
    }
}
