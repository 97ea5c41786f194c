using System.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Testing;

/// <summary>
/// A terminal waveform of the top's ports over the last cycles.
/// <code>
/// cycle        7    8    9
/// In_valid  ▁▁▁▁▁█████▁▁▁▁▁
/// In_data   |0   |42
/// </code>
/// </summary>
public sealed class WaveText
{
    private const int MaxCell = 14;
    private readonly IEngine _engine;
    private readonly PortInfo[] _ports;
    private readonly int[] _offsets;
    private readonly byte[][] _rows;
    private readonly long[] _cycles;
    private long _recorded;

    /// <summary>Watches all ports of the top, for the last <paramref name="cycles"/> cycles.</summary>
    public WaveText(IEngine engine, int cycles)
    {
        _engine = engine;
        _ports = [.. engine.Design.Top.Ports];
        _offsets = new int[_ports.Length + 1];
        for (var i = 0; i < _ports.Length; i++)
        {
            _offsets[i + 1] = _offsets[i] + LaneStorage.Bytes(_ports[i].Type);
        }

        _rows = [.. Enumerable.Range(0, cycles).Select(_ => new byte[_offsets[^1]])];
        _cycles = new long[cycles];
    }

    /// <summary>Takes the present values; the engine is settled.</summary>
    public void Record()
    {
        var slot = (int)(_recorded++ % _rows.Length);
        _cycles[slot] = _engine.Cycle;
        for (var i = 0; i < _ports.Length; i++)
        {
            var storage = _ports[i].Direction == PortDirection.Input ? _engine.Input(_ports[i]) : _engine.Output(_ports[i]);
            storage.CopyTo(_rows[slot].AsSpan(_offsets[i]));
        }
    }

    /// <summary>The waveform as text.</summary>
    public string Render()
    {
        var slots = Enumerable.Range(0, (int)Math.Min(_recorded, _rows.Length)).Select(i => (int)((_recorded - Math.Min(_recorded, _rows.Length) + i) % _rows.Length)).ToArray();
        var cells = _ports.Select((port, i) => slots.Select(slot => Cell(port.Type, _rows[slot].AsSpan(_offsets[i]))).ToArray()).ToArray();
        var width = Math.Max(slots.Select(slot => $"{_cycles[slot]}".Length + 1).DefaultIfEmpty(2).Max(),
            cells.Where((_, i) => !_ports[i].Type.IsBit).SelectMany(row => row).Select(cell => cell.Length + 1).DefaultIfEmpty(2).Max());
        var names = _ports.Select(port => port.Name.Length).Append("cycle".Length).Max() + 2;

        var text = new StringBuilder();
        text.Append("cycle".PadRight(names)).AppendJoin("", slots.Select(slot => $" {_cycles[slot]}".PadRight(width))).Append('\n');
        for (var i = 0; i < _ports.Length; i++)
        {
            text.Append(_ports[i].Name.PadRight(names));
            for (var c = 0; c < slots.Length; c++)
            {
                text.Append(_ports[i].Type.IsBit ? new string(cells[i][c] == "1" ? '█' : '▁', width)
                    : c > 0 && cells[i][c] == cells[i][c - 1] ? new string(' ', width)
                    : $"|{cells[i][c]}".PadRight(width));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(HdlType type, ReadOnlySpan<byte> storage)
    {
        var text = new StringBuilder();
        for (var lane = 0; lane < type.Lanes && text.Length <= MaxCell; lane++)
        {
            text.Append(lane == 0 ? "" : " ").Append(LaneStorage.Read(storage, type, lane));
        }

        return text.Length <= MaxCell ? text.ToString() : $"{text.ToString(0, MaxCell - 1)}~";
    }
}
