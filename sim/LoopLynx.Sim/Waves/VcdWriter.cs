using System.Text;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Waves;

/// <summary>Writes waves as a Value Change Dump: text that every viewer opens.</summary>
public sealed class VcdWriter : WaveWriter
{
    private const int PieceCharacters = 1 << 20;

    private readonly TextWriter? _text;
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly string[] _codes;

    /// <summary>Creates a file and writes its header.</summary>
    public VcdWriter(IStateEngine engine, string path, WaveOptions? options = null)
        : this(engine, new WaveStore(path, options?.SizeLimit ?? 0), null, options)
    {
    }

    /// <summary>Writes the header; the writer owns <paramref name="output"/> from now on. It has no limit of size.</summary>
    public VcdWriter(IStateEngine engine, TextWriter output, WaveOptions? options = null)
        : this(engine, null, output, options)
    {
    }

    private VcdWriter(IStateEngine engine, WaveStore? store, TextWriter? text, WaveOptions? options)
        : base(engine, store, options)
    {
        _text = text;
        _codes = [.. Variables.Select(variable => Code(variable.Index))];
        _output.Write($"$timescale {(TrueTimes ? "1ps" : "1ns")} $end\n");
        Declare(Top);
        _output.Write("$enddefinitions $end\n");
        store?.Head(Encoding.UTF8.GetBytes(_output.ToString()));
        _text?.Write(_output.ToString());
        _output.GetStringBuilder().Clear();
    }

    private protected override void BeginCycle()
    {
        var size = _output.GetStringBuilder().Length;
        if (IsFull(size))
        {
            // The next piece says every value, for the case that this one has to go.
            Flush();
            Restart();
        }
        else if (size >= PieceCharacters)
        {
            Flush();
        }
    }

    private protected override void Time(long time) => _output.Write($"#{time}\n");

    private protected override void Change(WaveVariable variable, ReadOnlySpan<ulong> value)
    {
        if (variable.Bits == 1)
        {
            _output.Write((char)('0' + value[0]));
        }
        else
        {
            WriteBits(variable.Bits, value);
        }

        _output.Write(_codes[variable.Index]);
        _output.Write('\n');
    }

    private protected override void Flush()
    {
        var text = _output.GetStringBuilder();
        if (text.Length == 0)
        {
            return;
        }

        _text?.Write(text);
        if (Store is not null)
        {
            Add(Encoding.UTF8.GetBytes(text.ToString()));
        }

        text.Clear();
    }

    private protected override void Close() => _text?.Dispose();

    private void Declare(WaveScope scope)
    {
        _output.Write($"$scope module {scope.Name} $end\n");
        foreach (var variable in scope.Variables)
        {
            _output.Write($"$var wire {variable.Bits} {_codes[variable.Index]} {variable.Label} $end\n");
        }

        foreach (var child in scope.Children)
        {
            Declare(child);
        }

        _output.Write("$upscope $end\n");
    }

    private void WriteBits(int bits, ReadOnlySpan<ulong> value)
    {
        // Leading zeros are implied.
        var top = bits - 1;
        while (top > 0 && PackedBits.Extract(value, top, 1) == 0)
        {
            top--;
        }

        _output.Write('b');
        for (var bit = top; bit >= 0; bit--)
        {
            _output.Write((char)('0' + PackedBits.Extract(value, bit, 1)));
        }

        _output.Write(' ');
    }

    // Identifier codes are digits of printable characters, '!' to '~'.
    private static string Code(int index)
    {
        const int digits = '~' - '!' + 1;
        var code = "";
        do
        {
            code += (char)('!' + (index % digits));
            index /= digits;
        }
        while (index > 0);
        return code;
    }
}
