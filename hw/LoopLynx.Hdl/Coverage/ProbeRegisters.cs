using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Hdl.Coverage;

/// <summary>
/// The registers that remember what happened outside reset; they only ever gain bits.
/// <code>
/// coverage0' = coverage0 | cat(condition63, ..., condition0)      up to 64 conditions of one clock in a word
/// </code>
/// Conditions that are one node share one bit.
/// </summary>
internal sealed class ProbeRegisters(DefinitionCopy copy)
{
    private const int WordBits = 64;
    private readonly Dictionary<ClockDomain, List<Node>> _conditions = [];
    private readonly Dictionary<(ClockDomain, Node), int> _known = [];
    private readonly List<RegisterNode> _registers = [];

    /// <summary>All registers, in the order of their making.</summary>
    public IReadOnlyList<RegisterNode> Registers => _registers;

    /// <summary>Remembers whether a bit was 1 at an edge of the domain; the place is known after <see cref="MakeWords"/>.</summary>
    public (ClockDomain Domain, int Index) Sticky(ClockDomain domain, Node condition)
    {
        if (!_known.TryGetValue((domain, condition), out var index))
        {
            if (!_conditions.TryGetValue(domain, out var all))
            {
                _conditions[domain] = all = [];
            }

            _known[(domain, condition)] = index = all.Count;
            all.Add(condition);
        }

        return (domain, index);
    }

    /// <summary>Adds a register of any type that <paramref name="next"/> computes from itself.</summary>
    public RegisterNode Add(HdlType type, ClockDomain domain, bool hasReset, Func<RegisterNode, Node> next)
    {
        var register = copy.AddRegister(hasReset ? $"coverage{_registers.Count}" : "coverage_before", type, domain, hasReset, next);
        if (hasReset)
        {
            _registers.Add(register);
        }

        return register;
    }

    /// <summary>Makes the words, and tells where each condition's bit is.</summary>
    public Func<(ClockDomain Domain, int Index), CoverageProbe> MakeWords()
    {
        var words = _conditions.ToDictionary(c => c.Key, c => c.Value.Chunk(WordBits).Select(bits => Word(c.Key, bits).Name!).ToArray());
        return place => new CoverageProbe(words[place.Domain][place.Index / WordBits], place.Index % WordBits);
    }

    private RegisterNode Word(ClockDomain domain, Node[] conditions)
    {
        var type = new HdlType(conditions.Length, false);
        return Add(type, domain, hasReset: true, word => copy.Arena.Binary(type, BinaryOp.Or, word,
            conditions.Length == 1 ? conditions[0] : copy.Arena.Concat(type, [.. conditions.Reverse()])));
    }
}
