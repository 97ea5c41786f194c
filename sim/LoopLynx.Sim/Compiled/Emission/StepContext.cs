using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Compiled.Planning;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Where values are while the code of a step is written: locals, expressions written in place, or memory.</summary>
internal sealed class StepContext(FunctionPlan plan, StateLayout layout, PrivateRegion memory, CSharpWriter writer)
{
    // Longer expressions get a local: the compiler's tree stays shallow and the text readable.
    private const int MaximumInline = 160;

    private readonly Dictionary<Value, Expr> _inline = [];
    private Dictionary<Value, int> _uses = [];
    private int _temporaries;

    public FunctionPlan Plan { get; } = plan;

    public StateLayout Layout { get; } = layout;

    public PrivateRegion Memory { get; } = memory;

    public CSharpWriter Writer { get; } = writer;

    public Step Step { get; private set; } = null!;

    /// <summary>What the method's stores wake; null between methods.</summary>
    public Watches? Watches { get; set; }

    /// <summary>Learns whether the stores of this step change anything; null where nobody wants to know.</summary>
    public Watch? Watch { get; private set; }

    public void Begin(Step step)
    {
        Step = step;
        Watch = Watches?.Of(step);
        _inline.Clear();
        _uses = [];
        foreach (var used in step.Members.SelectMany(m => m.Operands).Concat(SinkOperands(step)))
        {
            _uses[used] = _uses.GetValueOrDefault(used) + 1;
        }
    }

    /// <summary>Ends a method.</summary>
    public void End()
    {
        Watches?.End();
        (Watches, Watch) = (null, null);
    }

    /// <summary>A name that no other local has.</summary>
    public string Temporary(string prefix) => $"{prefix}_{_temporaries++}";

    /// <summary>How often members and the sink of this step use a value.</summary>
    public int Uses(Value value) => _uses.GetValueOrDefault(value);

    /// <summary>Whether the value is computed in the current step.</summary>
    public bool IsMember(Value value) => Plan.Owner.GetValueOrDefault(value) == Step;

    /// <summary>A scalar as an expression.</summary>
    public Expr Scalar(Value value)
    {
        if (_inline.TryGetValue(value, out var expression))
        {
            return expression;
        }

        return value.Form switch
        {
            ValueForm.Constant => Expr.Of(ScalarType.Of(value.Type).Literal(value.Integers[0])),
            ValueForm.State => Load(Address(value), value.Type),
            _ => Plan.Owner[value].Method == Step.Method ? Expr.Of($"n{value.Id}") : Load(new Address("s", Memory.Slot(value)), value.Type),
        };
    }

    /// <summary>A scalar as an expression that may be repeated.</summary>
    public string Repeatable(Value value)
    {
        var text = Scalar(value).Text;
        if (text.Length <= 12)
        {
            return text;
        }

        var name = Temporary("t");
        Writer.Line($"{ScalarType.Of(value.Type).Name} {name} = {text};");
        _inline[value] = Expr.Of(name);
        return name;
    }

    /// <summary>Gives a computed scalar a local or keeps its expression for its only user.</summary>
    public void Define(Value value, Expr expression)
    {
        var isRoot = Step.Kind == StepKind.Compute && ReferenceEquals(Step.Root, value);
        if (!isRoot && Uses(value) <= 1 && expression.Length <= MaximumInline)
        {
            _inline[value] = expression;
            return;
        }

        Writer.Line($"{ScalarType.Of(value.Type).Name} n{value.Id} = {expression.Text};");
        DefineLocal(value);
    }

    /// <summary>Tells that the local of a scalar has been assigned.</summary>
    public void DefineLocal(Value value)
    {
        _inline[value] = Expr.Of($"n{value.Id}");
        if (Plan.Crossing.Contains(value))
        {
            Store(new Address("s", Memory.Slot(value)), value.Type, Expr.Of($"n{value.Id}"));
        }
    }

    /// <summary>Where the lanes or words of a value lie.</summary>
    public Address Address(Value value)
    {
        switch (value.Form)
        {
            case ValueForm.State:
                return new Address("s", Plan.Shadows.Contains(value) ? Memory.Shadow(value) : Layout.Offset(value.Node!));
            case ValueForm.Constant:
                return new Address("s", Memory.Constant(value));
            case ValueForm.StaticView:
                return Address(value.Operands[0]).Plus(value.Kind == ValueKind.LaneMap ? value.Map[0] * LaneStorage.ElementBytes(value.Type.Width) : 0);
            case ValueForm.DynamicView when Plan.IsPointer(value):
                return Plan.Owner[value].Method == Step.Method
                    ? new Address($"p{value.Id}", 0)
                    : new Address($"*(byte**)(s + {Memory.Slot(value)})", 0);
            default:
                return new Address("s", Memory.Slot(value));
        }
    }

    /// <summary>The element at an address as an expression of the scalar type.</summary>
    public static Expr Load(Address address, HdlType type) => Expr.Of(LoadText(address, type));

    /// <inheritdoc cref="Load"/>
    public static string LoadText(Address address, HdlType type)
    {
        var element = address.Element(ScalarType.Element(type));
        return LaneStorage.ElementBytes(type.Width) >= 4 ? element : $"(({ScalarType.Of(type).Name}){element})";
    }

    /// <summary>An expression of the scalar type as its memory element.</summary>
    public static string Narrow(HdlType type, string text) => LaneStorage.ElementBytes(type.Width) >= 4 ? text : $"({ScalarType.Element(type)})({text})";

    /// <summary>Writes a store of a scalar expression.</summary>
    public void Store(Address address, HdlType type, Expr expression) => StoreElement(address, ScalarType.Element(type), Narrow(type, expression.Text));

    /// <summary>Writes a store of an expression of the element's type.</summary>
    public void StoreElement(Address address, string element, string text) => Writer.Line(StoreText(address, element, text));

    /// <summary>The statement that stores an expression of the element's type.</summary>
    public string StoreText(Address address, string element, string text) => Watch is null
        ? $"{address.Element(element)} = {text};"
        : WatchedStores.Scalar(Watch, Temporary("c"), address, element, text);

    /// <summary>The statement that stores a vector register of some bits.</summary>
    public string StoreVector(Address address, string element, int bits, string text) => Watch is null
        ? $"{text}.Store(({element}*){address});"
        : WatchedStores.Vector(Watch, Temporary("c"), address, element, bits, text);

    /// <summary>Tells that something may have changed whose stores aren't watched.</summary>
    public void Changed()
    {
        if (Watch is not null)
        {
            Writer.Line($"{Watch.Word} |= 1;");
        }
    }

    /// <summary>Writes statements whose stores aren't watched, then finds out whether the value in its slot has changed.</summary>
    public void Compared(Value value, Action statements)
    {
        var (watch, bytes) = (Watch, LaneStorage.Bytes(value.Type));
        Watch = null;
        statements();
        Watch = watch;
        if (watch is not null && value.Form == ValueForm.Block)
        {
            Copy(new Address("s", Memory.Place(bytes)), Address(value), bytes);
        }
    }

    /// <summary>Writes a copy of bytes that don't overlap.</summary>
    public void Copy(Address to, Address from, int bytes)
    {
        if (to != from)
        {
            Writer.Line(Watch is null
                ? $"Unsafe.CopyBlockUnaligned({to}, {from}, {bytes}u);"
                : WatchedStores.Copy(Watch, () => Temporary("c"), to, from, bytes));
        }
    }

    private static IEnumerable<Value> SinkOperands(Step step) => step.Sink switch
    {
        WriteSink w => w.Mask is null ? [w.Address, w.Data] : [w.Address, w.Data, w.Mask],
        ReadSink r => [r.Address],
        _ => step.Root is { } root && step.Kind != StepKind.Compute ? [root] : [],
    };
}
