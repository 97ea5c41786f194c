using System.Buffers.Binary;
using System.Globalization;

namespace LoopLynx.InputFuzz.Mutations;

/// <summary>Changes of the weights.</summary>
public static class WeightMutations
{
    private const string AsTheFileSays = "a weight is what the file says: no other number is known to be the right one";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Func<Random, ModelFiles, Case>> All { get; } = [NotFinite, Huge, Loud, Small, Zero, Flipped];

    private static Case NotFinite(Random random, ModelFiles sound) => Changed(random, sound, "not finite", _ => random.Of([float.NaN, float.PositiveInfinity, float.NegativeInfinity]), Expectation.Refused);

    private static Case Huge(Random random, ModelFiles sound)
    {
        // What is added to the residual stream sets its scale; elsewhere the arithmetic overflows, or a norm divides it away again.
        var value = random.Of([1e30f, 1e36f, 3e38f]);
        return Changed(random, sound, "huge", _ => value, new Expectation(Allowed.Refused | Allowed.Warned | Allowed.Unnoticed, "tensor \"transformer."));
    }

    private static Case Loud(Random random, ModelFiles sound) => Changed(random, sound, "loud", old => old * 30, new Expectation(Allowed.Warned | Allowed.Unnoticed | Allowed.Same, AsTheFileSays));

    private static Case Small(Random random, ModelFiles sound) => Changed(random, sound, "small", old => old * 0.9f, Expectation.Unnoticed(AsTheFileSays));

    private static Case Zero(Random random, ModelFiles sound) => Changed(random, sound, "zero", _ => 0, Expectation.Unnoticed(AsTheFileSays));

    private static Case Flipped(Random random, ModelFiles sound)
    {
        // A bit of the fraction: the number stays about as large.
        var bit = random.Next(23);
        return Changed(random, sound, $"with bit {bit} flipped", old => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(old) ^ (1 << bit)), Expectation.Unnoticed(AsTheFileSays));
    }

    private static Case Changed(Random random, ModelFiles sound, string what, Func<float, float> change, Expectation expected)
    {
        var (header, data) = SafeTensors.Split(sound.Weights);
        var at = random.Next(data.Length / sizeof(float)) * sizeof(float);
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(at), change(BinaryPrimitives.ReadSingleLittleEndian(data.AsSpan(at))));
        return new Case(string.Create(CultureInfo.InvariantCulture, $"weight at {at} {what}"), expected, sound with { Weights = SafeTensors.Join(header, data) }, null);
    }
}
