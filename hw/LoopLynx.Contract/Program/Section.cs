namespace LoopLynx.Contract;

/// <summary>Bytes that a step reads.</summary>
/// <param name="Name">Name, unique in a layer.</param>
/// <param name="Lookup">What has to be known to find it.</param>
/// <param name="Bytes">Bytes of one node; 0 for the cache, whose rows depend on the position.</param>
/// <param name="Receiver">The kernel's input that takes it.</param>
/// <param name="Slot">Which of the receiver's sets it fills.</param>
public sealed record Section(string Name, SectionLookup Lookup, long Bytes, string Receiver, int Slot);
