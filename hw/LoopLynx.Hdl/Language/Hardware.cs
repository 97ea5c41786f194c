using System.Numerics;
using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>The words of the language. Meant for <c>using static LoopLynx.Hdl.Hardware;</c>.</summary>
public static partial class Hardware
{
    /// <summary>One unsigned bit.</summary>
    public static HdlType Bit => new(1, false);

    /// <summary>An unsigned integer of <paramref name="width"/> bits.</summary>
    public static HdlType UInt(int width) => Checked(width, false);

    /// <summary>A two's complement integer of <paramref name="width"/> bits.</summary>
    public static HdlType SInt(int width) => Checked(width, true);

    /// <summary><paramref name="lanes"/> values of the element type.</summary>
    public static HdlType Lanes(this HdlType element, int lanes) => element.WithLanes(lanes);

    /// <summary>An input port; a field initialiser of a module. The port has the field's name.</summary>
    public static Signal Input(HdlType type, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(new PortDeclaration(Identifiers.Clean(name), PortDirection.Input, type, new SourceLocation(file, line)));

    /// <summary>An output port; a field initialiser of a module. The port has the field's name.</summary>
    public static Signal Output(HdlType type, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(new PortDeclaration(Identifiers.Clean(name), PortDirection.Output, type, new SourceLocation(file, line)));

    /// <summary>
    /// Several ports of a kind; a field initialiser: <c>Sums = Ports(2, name => Output(type, name))</c> are <c>Sums0</c> and <c>Sums1</c>. One has the field's
    /// name.
    /// </summary>
    public static T[] Ports<T>(int count, Func<string, T> make, [CallerMemberName] string name = "") =>
        [.. Enumerable.Range(0, count).Select(i => make(Numbered(name, i, count)))];

    /// <summary>The name of one of several of a kind, its number behind it; the only one has the bare name.</summary>
    public static string Numbered(string name, int number, int count) => count == 1 ? name : $"{name}{number}";

    /// <summary>A constant: one value for all lanes, or one a lane.</summary>
    public static Signal Const(HdlType type, params IReadOnlyList<BigInteger> values) => Builder.Current.Constant(type, values);

    /// <summary>A named combinational value that is driven later; it must be driven on every path.</summary>
    public static Signal Wire(out Signal wire, HdlType type,
        [CallerArgumentExpression(nameof(wire))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        return wire = builder.Wrap(builder.NewWire(type, builder.Unique(Identifiers.OfOut(name)), new SourceLocation(file, line)));
    }

    /// <summary>Names a value: <c>Let(out var sum, a + b)</c>. The name is kept in Verilog, waves and peeks.</summary>
    public static Signal Let(out Signal wire, Signal value,
        [CallerArgumentExpression(nameof(wire))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        wire = value.Named(Identifiers.OfOut(name), file, line);

    /// <summary>Names a value.</summary>
    public static Signal Named(this Signal value, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        var location = new SourceLocation(file, line);
        var node = builder.Resolve(value);
        Builder.Stamp(node, location);
        var wire = builder.NewWire(node.Type, builder.Unique(name), location);
        builder.AssignAlways(wire, node, location);
        return builder.Wrap(wire);
    }

    /// <summary>A register that resets to <paramref name="reset"/> and holds its value where it isn't driven.</summary>
    public static Signal Register(out Signal register, HdlType type, BigInteger reset,
        [CallerArgumentExpression(nameof(register))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        return register = builder.Wrap(builder.Declare(builder.NewRegister(type, Identifiers.OfOut(name), [reset], new SourceLocation(file, line))));
    }

    /// <summary>A register without reset (a data path register); it powers up as 0.</summary>
    public static Signal Register(out Signal register, HdlType type,
        [CallerArgumentExpression(nameof(register))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        return register = builder.Wrap(builder.Declare(builder.NewRegister(type, Identifiers.OfOut(name), null, new SourceLocation(file, line))));
    }

    /// <summary>The value one cycle later (while <paramref name="enable"/> is 1), without reset.</summary>
    public static Signal Registered(this Signal value, Signal? enable = null, string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Delay(value, enable, LocalNames.Or(name, "", file, line), null, new SourceLocation(file, line));

    /// <summary>The value one cycle later; the register resets to <paramref name="reset"/>.</summary>
    public static Signal RegisteredReset(this Signal value, BigInteger reset, Signal? enable = null, string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Delay(value, enable, LocalNames.Or(name, "", file, line), [reset], new SourceLocation(file, line));

    /// <summary>Selects <paramref name="whenTrue"/> where the selector bit (one, or one a lane) is 1.</summary>
    public static Signal Mux(Signal select, Signal whenTrue, Signal whenFalse) => Builder.Current.Mux(select, whenTrue, whenFalse);

    /// <summary>Joins the bits of scalars, first operand most significant.</summary>
    public static Signal Cat(params IReadOnlyList<Signal> parts) => Builder.Current.Concat(parts);

    /// <summary>Places a child module and names the instance after the variable.</summary>
    public static T Instance<T>(out T instance, T module,
        [CallerArgumentExpression(nameof(instance))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : Module =>
        instance = Instance(module, Identifiers.OfOut(name), file, line);

    /// <summary>Places a child module under the given instance name; without one it is named after its class.</summary>
    public static T Instance<T>(T module, string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : Module
    {
        name = LocalNames.Or(name, "", file, line);
        module.Claim();
        Builder.Current.AddChild(module, name.Length > 0 ? name : Identifiers.CamelCase(typeof(T).Name.Split('`')[0]), new SourceLocation(file, line));
        return module;
    }

    /// <summary><paramref name="count"/> instances of one definition: <c>name0</c>, <c>name1</c>, ...</summary>
    public static T[] Instances<T>(int count, Func<int, T> make, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : Module =>
        [.. Enumerable.Range(0, count).Select(i => Instance(make(i), $"{name}{i}", file, line))];

    private static Signal Delay(Signal value, Signal? enable, string name, IReadOnlyList<BigInteger>? reset, SourceLocation location)
    {
        var builder = Builder.Current;
        var node = builder.Resolve(value);
        Builder.Stamp(node, location);
        var register = builder.NewRegister(node.Type, name.Length == 0 ? builder.DelayName(node) : name, reset, location);
        if (name.Length == 0)
        {
            builder.NoteDelay(register, node);
        }

        var condition = enable is null ? null : builder.Condition(enable, location);
        builder.Pipeline?.Register(register, node, condition, location);
        builder.AssignRegister(register, node, condition, location);
        return builder.Wrap(register);
    }

    private static HdlType Checked(int width, bool signed) => width >= 1
        ? new HdlType(width, signed)
        : throw new HdlException("HDL0003", $"a signal is at least one bit wide, not {width}", "leave out what has no bits, or give it one: Sizes.BitsFor and Sizes.AddressBits never give less");
}
