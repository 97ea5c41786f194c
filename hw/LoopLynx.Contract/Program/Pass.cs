namespace LoopLynx.Contract;

/// <summary>Some tokens at consecutive positions that go through the layers together.</summary>
/// <param name="Kind">Why.</param>
/// <param name="First">Position of the first token, from 0.</param>
/// <param name="Tokens">Tokens, at least 1.</param>
public readonly record struct Pass(PassKind Kind, int First, int Tokens)
{
    /// <summary>One token at a position.</summary>
    public static Pass Decode(int position) => new(PassKind.Decode, position, Tokens: 1);
}
