using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>
/// A value in a hardware description: <see cref="Type"/> says how many lanes of what width. Operators work lane by lane; one lane is broadcast over many.
/// Widths are exact: a sum grows by one bit, a product has the sum of the widths; narrowing is written out
/// (<see cref="Truncate"/>, <see cref="SignalArithmetic.Saturate"/>, <see cref="SignalArithmetic.RoundShift(Signal, int)"/>).
/// </summary>
[SuppressMessage("Usage", "CA2225", Justification = "operators are the notation; the methods would be noise")]
public sealed class Signal
{
    private readonly Node? _node;
    private readonly Builder? _builder;

    internal Signal(Builder builder, Node node)
    {
        _builder = builder;
        _node = node;
        Type = node.Type;
    }

    internal Signal(PortDeclaration port)
    {
        Port = port;
        Type = port.Type;
    }

    private Signal(BigInteger literal)
    {
        Literal = literal;
        Type = Literals.Smallest(literal, signed: literal.Sign < 0);
    }

    private Signal(HdlType shape)
    {
        Type = shape;
        IsShape = true;
    }

    /// <summary>Width, signedness and lanes.</summary>
    public HdlType Type { get; }

    /// <summary>Bits per lane.</summary>
    public int Width => Type.Width;

    /// <summary>Number of lanes.</summary>
    public int Lanes => Type.Lanes;

    internal PortDeclaration? Port { get; }

    /// <summary>The integer, when this is a C# literal whose type follows from where it is used.</summary>
    internal BigInteger? Literal { get; }

    /// <summary>Whether this is only the type of a payload's field, without a value.</summary>
    internal bool IsShape { get; }

    /// <summary>A type as the field of a payload's shape: <c>In(new Point(X: SInt(8), Y: SInt(8)))</c>. It has no value.</summary>
    public static implicit operator Signal(HdlType type) => new(type);

    /// <summary>A C# integer as a literal: it takes the width and signedness that its surroundings need.</summary>
    public static implicit operator Signal(int value) => new(value);

    /// <inheritdoc cref="op_Implicit(int)"/>
    public static implicit operator Signal(long value) => new(value);

    /// <inheritdoc cref="op_Implicit(int)"/>
    public static implicit operator Signal(BigInteger value) => new(value);

    /// <inheritdoc cref="op_Implicit(int)"/>
    public static implicit operator Signal(bool value) => new(value ? 1 : 0);

    /// <summary>A member of an enumeration as a literal: its number.</summary>
    public static implicit operator Signal(Enum value) => new(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Exact sum: one bit wider than the wider operand.</summary>
    public static Signal operator +(Signal a, Signal b) => Builder.Current.Arithmetic(BinaryOp.Add, a, b);

    /// <summary>Exact difference: signed, one bit wider than the wider operand.</summary>
    public static Signal operator -(Signal a, Signal b) => Builder.Current.Arithmetic(BinaryOp.Subtract, a, b);

    /// <summary>Exact product: the widths add.</summary>
    public static Signal operator *(Signal a, Signal b) => Builder.Current.Arithmetic(BinaryOp.Multiply, a, b);

    /// <summary>Exact negation: signed, one bit wider.</summary>
    public static Signal operator -(Signal a) => Builder.Current.Negate(a);

    /// <summary>Bitwise and; the narrower operand is extended.</summary>
    public static Signal operator &(Signal a, Signal b) => Builder.Current.Arithmetic(BinaryOp.And, a, b);

    /// <summary>Bitwise or; the narrower operand is extended.</summary>
    public static Signal operator |(Signal a, Signal b) => Builder.Current.Arithmetic(BinaryOp.Or, a, b);

    /// <summary>Bitwise exclusive or; the narrower operand is extended.</summary>
    public static Signal operator ^(Signal a, Signal b) => Builder.Current.Arithmetic(BinaryOp.Xor, a, b);

    /// <summary>Bitwise complement.</summary>
    public static Signal operator ~(Signal a) => Builder.Current.Not(a);

    /// <summary>Bitwise complement; of one bit the logical not.</summary>
    public static Signal operator !(Signal a) => Builder.Current.Not(a);

    /// <summary>Equal, one bit per lane.</summary>
    public static Signal operator ==(Signal a, Signal b) => Builder.Current.Compare(BinaryOp.Equal, a, b, "==");

    /// <summary>Not equal, one bit per lane.</summary>
    public static Signal operator !=(Signal a, Signal b) => Builder.Current.Compare(BinaryOp.NotEqual, a, b, "!=");

    /// <summary>Less than, one bit per lane.</summary>
    public static Signal operator <(Signal a, Signal b) => Builder.Current.Compare(BinaryOp.Less, a, b, "<");

    /// <summary>Less than or equal, one bit per lane.</summary>
    public static Signal operator <=(Signal a, Signal b) => Builder.Current.Compare(BinaryOp.LessOrEqual, a, b, "<=");

    /// <summary>Greater than, one bit per lane.</summary>
    public static Signal operator >(Signal a, Signal b) => Builder.Current.Compare(BinaryOp.Less, b, a, ">");

    /// <summary>Greater than or equal, one bit per lane.</summary>
    public static Signal operator >=(Signal a, Signal b) => Builder.Current.Compare(BinaryOp.LessOrEqual, b, a, ">=");

    /// <summary>Exact multiplication by a power of two: <paramref name="bits"/> bits wider.</summary>
    public static Signal operator <<(Signal a, int bits) => Builder.Current.Shift(BinaryOp.ShiftLeft, a, bits);

    /// <summary>Division by a power of two, rounded down; <paramref name="bits"/> bits narrower, at least one bit.</summary>
    public static Signal operator >>(Signal a, int bits) => Builder.Current.Shift(BinaryOp.ShiftRight, a, bits);

    /// <summary>One bit of every lane.</summary>
    public Signal this[int bit] => Slice(bit, 1);

    /// <summary>The most significant bit of every lane.</summary>
    public Signal Msb => Slice(Width - 1, 1);

    /// <summary>Bits <paramref name="low"/> to <paramref name="low"/> + <paramref name="width"/> - 1 of every lane, unsigned.</summary>
    public Signal Slice(int low, int width) => Builder.Current.Slice(this, low, width);

    /// <summary>Keeps the low <paramref name="width"/> bits of every lane and drops the others; same signedness.</summary>
    public Signal Truncate(int width) => Builder.Current.Resize(this, Type.WithWidth(width), allowNarrow: true, "Truncate");

    /// <summary>Extends every lane to <paramref name="width"/> bits, by the sign where signed; the value is unchanged.</summary>
    public Signal Extend(int width) => Builder.Current.Resize(this, Type.WithWidth(width), allowNarrow: false, "Extend");

    /// <summary>Keeps the low bits or extends, whichever gives <paramref name="width"/>: for generators whose widths depend on parameters.</summary>
    public Signal Resize(int width) => width < Width ? Truncate(width) : Extend(width);

    /// <summary>The same bits read as two's complement.</summary>
    public Signal AsSigned() => Builder.Current.Resize(this, Type with { Signed = true }, allowNarrow: true, "AsSigned");

    /// <summary>The same bits read as unsigned.</summary>
    public Signal AsUnsigned() => Builder.Current.Resize(this, Type with { Signed = false }, allowNarrow: true, "AsUnsigned");

    /// <summary>The same value as a signed number: an unsigned one grows by a bit.</summary>
    public Signal ToSigned() => Type.Signed ? this : Builder.Current.Resize(this, new HdlType(Width + 1, true, Lanes), allowNarrow: true, "ToSigned");

    /// <summary>
    /// Gives this wire, output, register or child input its value. In <c>When</c>/<c>Switch</c> the assignment is conditional; the last assignment wins.
    /// The value's width must not exceed the target's, and the signedness must be the same.
    /// </summary>
    public void Drive(Signal value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Builder.Current.Drive(this, value, new SourceLocation(file, line));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    public override string ToString() => Literal?.ToString() ?? $"{Port?.Name ?? _node?.Name ?? "value"}: {Type}";

    /// <summary>The node of this value in the module that is being built.</summary>
    internal Node Resolve(Builder builder)
    {
        if (Port is not null)
        {
            return builder.ResolvePort(Port);
        }

        if (Literal is { } literal)
        {
            return builder.Arena.Const(Type, literal);
        }

        if (IsShape)
        {
            throw builder.Fatal("HDL0005", $"the type {Type} stands where a value is wanted", "a type makes ports, wires and shapes of payloads; Const(type, value) is a value");
        }

        if (!ReferenceEquals(_builder, builder))
        {
            throw builder.Fatal("HDL0103", $"'{_node!.Name ?? "a value"}' belongs to {_builder!.ModuleName}, but {builder.ModuleName} uses it",
                "connect modules through ports");
        }

        return _node!;
    }
}
