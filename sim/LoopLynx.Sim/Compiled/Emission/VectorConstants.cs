using System.Numerics;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Scalars and literals in all elements of a register, computed before the loop.</summary>
internal sealed class VectorConstants(StepContext context)
{
    private readonly Dictionary<string, string> _hoisted = [];

    /// <summary>A scalar or uniform constant in all elements of every part.</summary>
    public string[] Broadcast(Value value, VectorShape shape, int element, bool signed)
    {
        var type = ScalarType.Element(element, signed);
        var text = value.Kind == ValueKind.Constant
            ? $"{shape.Class(element)}.Create(({type})({ScalarType.Of(value.Type).Literal(value.Integers[0])}))"
            : Hoist($"{shape.Class(element)}.Create(({type})({context.Repeatable(value)}))");
        return Parts(shape, element, text);
    }

    /// <summary>A bit as all ones or all zeros in every element.</summary>
    public string[] BroadcastMask(Value bit, VectorShape shape, int element, bool signed)
    {
        var type = ScalarType.Element(element, signed);
        return Parts(shape, element, Hoist($"{shape.Class(element)}.Create(({type})(-(long)({context.Repeatable(bit)})))"));
    }

    /// <summary>A literal in every element.</summary>
    public string Literal(VectorShape shape, int element, bool signed, BigInteger value) =>
        $"{shape.Class(element)}.Create(({ScalarType.Element(element, signed)}){new ScalarType(element == 8 ? 64 : 32, signed).Literal(value)})";

    /// <summary>Zero in every part.</summary>
    public string[] Zero(VectorShape shape, int element, bool signed) => Parts(shape, element, $"{shape.Type(element, signed)}.Zero");

    private static string[] Parts(VectorShape shape, int element, string text) => [.. Enumerable.Repeat(text, shape.Parts(element))];

    private string Hoist(string text)
    {
        if (!_hoisted.TryGetValue(text, out var name))
        {
            _hoisted[text] = name = context.Temporary("b");
            context.Writer.Line($"var {name} = {text};");
        }

        return name;
    }
}
