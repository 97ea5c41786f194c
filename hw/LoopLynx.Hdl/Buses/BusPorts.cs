using System.Text;

namespace LoopLynx.Hdl;

/// <summary>One signal of a channel. Without a type there is no port, and the signal is the constant that the standard gives it then.</summary>
internal readonly record struct BusField(string Name, HdlType? Type, int Default = 0);

/// <summary>Makes the ports of buses, named as tools that infer interfaces expect them: <c>s_axi_awaddr</c>.</summary>
internal static class BusPorts
{
    private const string Valid = "valid";

    /// <summary>The channel <paramref name="prefix"/>: <c>prefixvalid</c>, <c>prefixready</c> and its fields.</summary>
    /// <param name="prefix">For example <c>s_axi_aw</c>.</param>
    /// <param name="produced">The module sends the beats.</param>
    /// <param name="fields">In the order of the payload record.</param>
    /// <param name="file">C# file of the declaration.</param>
    /// <param name="line">C# line of the declaration.</param>
    public static Stream<T> Channel<T>(string prefix, bool produced, IEnumerable<BusField> fields, string file, int line)
    {
        Signal Port(string name, HdlType type, bool output) => output ? Hardware.Output(type, $"{prefix}{name}", file, line) : Hardware.Input(type, $"{prefix}{name}", file, line);
        var data = Payload<T>.Make([.. fields.Select(f => f.Type is { } type ? Port(f.Name, type, produced) : (Signal)f.Default)]);
        var channel = new Stream<T>(Port(Valid, Hardware.Bit, produced), Port("ready", Hardware.Bit, !produced), data);
        StreamDeclaration.Of(channel, Valid);
        return channel;
    }

    /// <summary>A channel that the bus doesn't have: it never moves.</summary>
    public static Stream<T> Absent<T>(IEnumerable<BusField> fields) => new(0, 0, Payload<T>.Make(fields.Select(_ => (Signal)0)));

    /// <summary>The ports of a channel, in emission order.</summary>
    public static IEnumerable<Signal> Of<T>(Stream<T> channel) => ((IEnumerable<Signal>)[.. channel.Fields, channel.Valid, channel.Ready]).Where(s => s.Port is not null);

    /// <summary>Whether the channel has the signal, and not only the constant that stands for it.</summary>
    public static bool Has(Signal field) => field.Literal is null;

    /// <summary>A field's name as the prefix of ports: <c>SAxi</c> to <c>s_axi</c>.</summary>
    public static string Prefix(string field)
    {
        var text = new StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(field[i]) && field[i - 1] != '_' && (!char.IsUpper(field[i - 1]) || (i + 1 < field.Length && char.IsLower(field[i + 1])));
            text.Append(startsWord ? "_" : "").Append(char.ToLowerInvariant(field[i]));
        }

        return text.ToString();
    }
}
