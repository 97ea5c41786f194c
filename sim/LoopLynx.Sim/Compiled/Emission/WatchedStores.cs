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
    private const int MaximumRegisters = 4;

    private static readonly int Widest = Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16;

    /// <summary>Stores an expression of the element's type.</summary>
    /// <param name="changed">The local that becomes other than 0 on a change.</param>
    /// <param name="name">A name for the new value.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="element">Its type.</param>
    /// <param name="text">The new value.</param>
    public static string Scalar(string changed, string name, Address to, string element, string text) =>
        $"{element} {name} = {text}; {changed} |= (ulong)({to.Element(element)} ^ {name}); {to.Element(element)} = {name};";

    /// <summary>Stores a vector register.</summary>
    /// <param name="changed">The local that becomes other than 0 on a change.</param>
    /// <param name="name">A name for the new value.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="element">The type of its lanes.</param>
    /// <param name="type">The static class of the register type.</param>
    /// <param name="text">The new value.</param>
    public static string Vector(string changed, string name, Address to, string element, string type, string text) =>
        $"var {name} = {text}; {changed} |= {type}.EqualsAll({type}.Load(({element}*){to}), {name}) ? 0ul : 1ul; {name}.Store(({element}*){to});";

    /// <summary>Copies bytes that don't overlap.</summary>
    /// <param name="changed">The local that becomes other than 0 on a change.</param>
    /// <param name="name">Makes names.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="from">Where they are.</param>
    /// <param name="bytes">How many.</param>
    public static string Copy(string changed, Func<string> name, Address to, Address from, int bytes)
    {
        if (bytes is 1 or 2 or 4 or 8)
        {
            var element = ScalarType.Element(bytes, signed: false);
            return Scalar(changed, name(), to, element, from.Element(element));
        }

        var width = Widest;
        while (width > 16 && width > bytes)
        {
            width /= 2;
        }

        if (bytes % width != 0 || bytes / width > MaximumRegisters)
        {
            return $"{changed} |= Watched.Copy({to}, {from}, {bytes});";
        }

        var type = $"Vector{8 * width}";
        return string.Join(' ', Enumerable.Range(0, bytes / width)
            .Select(i => Vector(changed, name(), to.Plus(i * width), "byte", type, $"{type}.Load({from.Plus(i * width)})")));
    }
}
