using System.Runtime.Intrinsics;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// The text of stores, and of stores that find out whether they change anything:
/// <code>
/// byte c = x; changed |= old ^ c; old = c;
/// </code>
/// </summary>
internal static class WatchedStores
{
    // More registers are copied by a call.
    private const int MaximumRegisters = 8;

    /// <summary>Bytes of the processor's widest vector register.</summary>
    public static readonly int Widest = Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16;

    /// <summary>Stores an expression of the element's type.</summary>
    /// <param name="watch">Learns of a change.</param>
    /// <param name="name">A name for the new value.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="element">Its type.</param>
    /// <param name="text">The new value.</param>
    public static string Scalar(Watch watch, string name, Address to, string element, string text) =>
        $"{element} {name} = {text}; {watch.Word} |= (ulong)({to.Element(element)} ^ {name}); {to.Element(element)} = {name};";

    /// <summary>Stores a vector register.</summary>
    /// <param name="watch">Learns of a change.</param>
    /// <param name="name">A name for the new value.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="element">The type of its lanes.</param>
    /// <param name="bits">Of the register.</param>
    /// <param name="text">The new value.</param>
    public static string Vector(Watch watch, string name, Address to, string element, int bits, string text)
    {
        var stored = element == "byte" ? name : $"{name}.AsByte()";
        return $"var {name} = {text}; {watch.Register(bits)} |= Vector{bits}.Load((byte*){to}) ^ {stored}; {name}.Store(({element}*){to});";
    }

    /// <summary>Copies bytes that don't overlap.</summary>
    /// <param name="watch">Learns of a change.</param>
    /// <param name="name">Makes names.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="from">Where they are.</param>
    /// <param name="bytes">How many.</param>
    public static string Copy(Watch watch, Func<string> name, Address to, Address from, int bytes)
    {
        if (bytes is 1 or 2 or 4 or 8)
        {
            var element = ScalarType.Element(bytes, signed: false);
            return Scalar(watch, name(), to, element, from.Element(element));
        }

        var width = Widest;
        while (width > 16 && width > bytes)
        {
            width /= 2;
        }

        if (bytes % width != 0 || bytes / width > MaximumRegisters)
        {
            return $"{watch.Word} |= Watched.Copy({to}, {from}, {bytes});";
        }

        return string.Join(' ', Enumerable.Range(0, bytes / width)
            .Select(i => Vector(watch, name(), to.Plus(i * width), "byte", 8 * width, $"Vector{8 * width}.Load({from.Plus(i * width)})")));
    }
}
