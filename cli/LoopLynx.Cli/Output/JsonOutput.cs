using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LoopLynx.Cli.Output;

/// <summary>
/// The one JSON object that a command prints with <c>--json</c>. JSON has neither infinity nor NaN, and a report that holds one isn't written.
/// </summary>
public static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions WithNames = new(Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The object on one line.</summary>
    /// <exception cref="ReportException">A number isn't finite.</exception>
    public static string Text(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value, Options);
        }
        catch (ArgumentException)
        {
            var (field, number) = NotFinite(JsonSerializer.SerializeToNode(value, WithNames))
                ?? throw new InvalidOperationException("a report that can't be written holds finite numbers only");
            throw new ReportException($"the report isn't written: its field '{field}' is {number}, and every number of a report is finite");
        }
    }

    // Where numbers have names, only one that isn't finite is a text among the numbers: strings of reports never are these names.
    private static (string Field, string Number)? NotFinite(JsonNode? node) => node switch
    {
        JsonObject some => some.Select(field => NotFinite(field.Value)).FirstOrDefault(found => found is not null),
        JsonArray some => some.Select(NotFinite).FirstOrDefault(found => found is not null),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is "NaN" or "Infinity" or "-Infinity" =>
            (value.GetPath()["$.".Length..], value.ToString()),
        _ => null,
    };
}
