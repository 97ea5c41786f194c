namespace LoopLynx.Hdl;

/// <summary>A channel as a protocol check sees it.</summary>
/// <param name="Sender">The side that sends its beats.</param>
/// <param name="Name">In messages and registers: <c>AW</c>.</param>
/// <param name="Valid">A beat is offered.</param>
/// <param name="Ready">It is taken.</param>
/// <param name="Fields">The signals of a beat.</param>
internal sealed record BusChannel(BusSide Sender, string Name, Signal Valid, Signal Ready, IReadOnlyList<(string Name, Signal Value)> Fields)
{
    /// <summary>A channel that is a stream; signals that the bus doesn't have are left out.</summary>
    public static BusChannel Of<T>(BusSide sender, Stream<T> stream, string name) =>
        new(sender, name, stream.Valid, stream.Ready, [.. stream.Fields.Zip(Payload<T>.Names, (f, n) => (n, f)).Where(f => BusPorts.Has(f.f))]);

    /// <summary>A beat waits.</summary>
    public Signal Stalls => Valid & !Ready;
}
