using System.Reflection;

namespace LoopLynx.Hdl;

/// <summary>
/// Takes a stream's payload apart and puts it together: <typeparamref name="T"/> is a <see cref="Signal"/> or a positional record (class or struct) of signals and such records.
/// </summary>
internal static class Payload<T>
{
    private static IReadOnlyList<string>? _names;

    /// <summary>The record's name for messages.</summary>
    public static string TypeName => typeof(T).Name.Split('`')[0];

    /// <summary>Field names in order, nested names joined by underscores; a lone signal is <c>data</c>.</summary>
    public static IReadOnlyList<string> Names => _names ??= typeof(T) == typeof(Signal) ? ["data"] : [.. NamesOf(typeof(T))];

    /// <summary>The signals in order.</summary>
    public static IReadOnlyList<Signal> Fields(T payload) => [.. FieldsOf(payload!)];

    /// <summary>The payload with the given signals.</summary>
    public static T Make(IEnumerable<Signal> fields)
    {
        using var next = fields.GetEnumerator();
        return (T)Make(typeof(T), next);
    }

    /// <summary><paramref name="stored"/>, with what was a literal before it was stored as that literal: a bus's absent signals stay constants, and nobody reads their copies.</summary>
    public static T WithLiterals(T before, T stored) => Make(Fields(before).Zip(Fields(stored), (b, s) => b.Literal is null ? s : b));

    private static ConstructorInfo Positional(Type type) => FindPositional(type)
        ?? throw new HdlException("HDL0004", $"{type.Name} can't be a stream's payload", "use Signal or a positional record of Signals");

    // Positional: what the constructor takes can be read again under the same name.
    private static ConstructorInfo? FindPositional(Type type) => type.GetConstructors().FirstOrDefault(c => c.GetParameters() is { Length: > 0 } parameters
        && parameters.All(p => type.GetProperty(p.Name!)?.PropertyType == p.ParameterType && (p.ParameterType == typeof(Signal) || FindPositional(p.ParameterType) is not null)));

    private static IEnumerable<string> NamesOf(Type type) => Positional(type).GetParameters().SelectMany(p =>
        p.ParameterType == typeof(Signal) ? [p.Name!] : NamesOf(p.ParameterType).Select(n => $"{p.Name}_{n}"));

    private static IEnumerable<Signal> FieldsOf(object payload) => payload is Signal signal
        ? [signal]
        : Positional(payload.GetType()).GetParameters().SelectMany(p => FieldsOf(payload.GetType().GetProperty(p.Name!)!.GetValue(payload)!));

    private static object Make(Type type, IEnumerator<Signal> fields)
    {
        if (type == typeof(Signal))
        {
            fields.MoveNext();
            return fields.Current;
        }

        var constructor = Positional(type);
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, fields))]);
    }
}

/// <summary>Two payloads that travel together.</summary>
public sealed record Pair<TFirst, TSecond>(TFirst First, TSecond Second);

/// <summary>A payload and the end-of-packet bit.</summary>
public sealed record Last<T>(T Data, Signal IsLast);
