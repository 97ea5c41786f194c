using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Chooses the register that is read, in <see cref="Latency"/> cycles however many there are: the number of the word goes to each block of words, a
/// word of the block is chosen, and of the blocks the one that is read; the others are 0 meanwhile, so that all can be joined.
/// </summary>
/// <param name="word">The word's number.</param>
/// <param name="type">Type of a word.</param>
internal sealed class RegisterBlocks(Signal word, HdlType type)
{
    /// <summary>Cycles from the word's number to what it holds.</summary>
    public const int Latency = 2;

    // Words of a block: 8, or as many as there are.
    private readonly int _numberBits = Math.Min(3, word.Width);

    private readonly Dictionary<long, Block> _blocks = [];
    private readonly List<(Signal Data, Signal IsKnown)> _chosen = [];

    /// <summary>A block's copy of the word's number, what it holds there and whether that is a register.</summary>
    private sealed record Block(Signal Word, Signal Data, Signal IsKnown);

    /// <summary>Adds a word.</summary>
    public void Show(long number, Signal value, string file, int line)
    {
        var block = Of(number >> _numberBits, file, line);
        When(block.Word == number % (1 << _numberBits), () =>
        {
            block.Data.Drive(value, file, line);
            block.IsKnown.Drive(1, file, line);
        }, file, line);
    }

    /// <summary>What has been chosen, and whether there is a register; of all words that were added until then.</summary>
    public (Signal Data, Signal IsKnown) Chosen() => _chosen.Count == 0
        ? (Const(type, 0), Const(Bit, 0))
        : (_chosen.Select(c => c.Data).Aggregate((a, b) => a | b), _chosen.Select(c => c.IsKnown).Aggregate((a, b) => a | b));

    private Block Of(long number, string file, int line)
    {
        if (_blocks.TryGetValue(number, out var known))
        {
            return known;
        }

        var name = $"block{number}";
        Wire(out var data, type, $"{name}_data", file, line);
        Wire(out var isKnown, Bit, $"{name}_isKnown", file, line);
        data.Drive(0, file, line);
        isKnown.Drive(0, file, line);
        var copy = word.Slice(0, _numberBits).Copies(1, name: $"{name}_word", file: file, line: line)[0];
        var above = word.Width - _numberBits;
        var isRead = above == 0 ? Const(Bit, 1) : (word.Slice(_numberBits, above) == number).Registered(name: $"{name}_isRead", file: file, line: line);
        Signal Kept(Signal value, string part) => Mux(isRead, value, Const(value.Type, 0)).Registered(name: $"{name}_{part}", file: file, line: line);
        _chosen.Add((Kept(data, "chosen"), Kept(isKnown, "answers")));
        return _blocks[number] = new Block(copy, data, isKnown);
    }
}
