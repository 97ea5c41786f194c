namespace LoopLynx.Hdl;

/// <summary>Payload records as lists of signals.</summary>
public static class Payloads
{
    /// <summary>The signals of two payloads of one type, pairwise: for driving one with the other.</summary>
    public static IEnumerable<(Signal Target, Signal Value)> Zip<T>(T target, T value) => Payload<T>.Fields(target).Zip(Payload<T>.Fields(value));

    /// <summary>The types of a payload's signals in order; of a shape, the types that it was made of.</summary>
    public static IReadOnlyList<HdlType> TypesOf<T>(T shape) => [.. Payload<T>.Fields(shape).Select(field => field.Type)];

    /// <summary>A payload whose every signal is mapped, for example <c>s =&gt; s.Registered()</c>.</summary>
    public static T Each<T>(T payload, Func<Signal, Signal> map) => Payload<T>.Make(Payload<T>.Fields(payload).Select(map));
}
