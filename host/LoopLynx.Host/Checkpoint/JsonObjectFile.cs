using System.Text.Json;

namespace LoopLynx.Host;

/// <summary>Reads a JSON file whose root is an object, with errors that name the file and the field. A field of null counts as absent.</summary>
internal sealed class JsonObjectFile : IDisposable
{
    private const string Missing = "the file does not exist; a model directory holds config.json, model.safetensors, vocab.json and merges.txt";

    private readonly JsonDocument document;
    private readonly string path;

    public JsonObjectFile(string path)
    {
        this.path = path;
        document = Parse(InputFile.ReadBytes(path, Missing), path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new HostException($"{path}: is not a JSON object; take the file from the checkpoint's download");
        CheckStrings(document.RootElement);
    }

    public JsonElement Root => document.RootElement;

    public void Dispose() => document.Dispose();

    /// <summary>A required positive integer, under the first of the names that is present.</summary>
    public int PositiveInt(int most, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (Find(name) is { } value)
                return PositiveInt(name, value, most);
        throw new HostException($"{path}: field \"{names[0]}\" is missing; it must be a positive integer");
    }

    /// <summary>An optional positive integer.</summary>
    public int PositiveIntOr(string name, int fallback, int most) => Find(name) is { } value ? PositiveInt(name, value, most) : fallback;

    /// <summary>An optional token id.</summary>
    public int? TokenId(string name, int vocab)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id >= 0 && id < vocab)
            return id;
        throw new HostException($"{path}: field \"{name}\" is {value.GetRawText()}; it must be a token id below {vocab}");
    }

    /// <summary>An optional positive number below a bound.</summary>
    public double PositiveNumberOr(string name, double fallback, double below)
    {
        if (Find(name) is not { } value)
            return fallback;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number > 0 && number < below)
            return number;
        throw new HostException($"{path}: field \"{name}\" is {value.GetRawText()}; it must be a positive number below {below}");
    }

    /// <summary>An optional string.</summary>
    public string StringOr(string name, string fallback) => Find(name) is not { } value ? fallback
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw new HostException($"{path}: field \"{name}\" is {value.GetRawText()}; it must be a string");

    /// <summary>An optional flag.</summary>
    public bool FlagOr(string name, bool fallback) => Find(name) is not { } value ? fallback
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw new HostException($"{path}: field \"{name}\" is {value.GetRawText()}; it must be true or false");

    private JsonElement? Find(string name) => Root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private int PositiveInt(string name, JsonElement value, int most) =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int number) || number <= 0
            ? throw new HostException($"{path}: field \"{name}\" is {value.GetRawText()}; it must be a positive integer")
            : number <= most ? number : throw new HostException($"{path}: field \"{name}\" is {number}; at most {most} can be loaded");

    /// <summary>JSON can escape half a surrogate pair, which is no text: the parser takes it, whoever asks for the string gets an exception.</summary>
    private void CheckStrings(JsonElement root)
    {
        try
        {
            foreach (JsonProperty property in root.EnumerateObject())
                _ = property.Value.ValueKind == JsonValueKind.String ? property.Name + property.Value.GetString() : property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new HostException($"{path}: a string holds half a surrogate pair, which is no text; take the file from the checkpoint's download", e);
        }
    }

    private static JsonDocument Parse(byte[] bytes, string path)
    {
        ReadOnlySpan<byte> text = InputFile.WithoutMark(bytes);
        InputFile.CheckEncoding(path, text);
        try
        {
            return JsonDocument.Parse(bytes.AsMemory(bytes.Length - text.Length));
        }
        catch (JsonException e)
        {
            throw new HostException($"{path}: is not valid JSON (line {e.LineNumber + 1}); take the file from the checkpoint's download", e);
        }
    }
}
