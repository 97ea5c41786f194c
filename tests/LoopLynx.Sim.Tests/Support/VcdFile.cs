using System.Numerics;

namespace LoopLynx.Sim.Tests.Support;

/// <summary>A parsed VCD file: the value of each variable (by dotted path, unsigned bits) after each time.</summary>
public sealed class VcdFile
{
    private readonly Dictionary<string, string> _codes = [];
    private readonly Dictionary<string, SortedDictionary<long, BigInteger>> _changes = [];

    public VcdFile(string text)
    {
        var scopes = new Stack<string>();
        var time = -1L;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "$scope":
                    scopes.Push(words[2]);
                    break;
                case "$upscope":
                    scopes.Pop();
                    break;
                case "$var":
                    _codes.Add(string.Join('.', scopes.Reverse().Append(words[4])), words[3]);
                    _changes.Add(words[3], []);
                    break;
                case var word when word[0] == '#':
                    time = long.Parse(word[1..]);
                    break;
                case var word when word[0] == 'b':
                    _changes[words[1]][time] = BigInteger.Parse("0" + word[1..], System.Globalization.NumberStyles.AllowBinarySpecifier);
                    break;
                case var word when word[0] is '0' or '1':
                    _changes[word[1..]][time] = word[0] - '0';
                    break;
            }
        }
    }

    /// <summary>All variables.</summary>
    public IEnumerable<string> Names => _codes.Keys;

    /// <summary>Times at which the variable is written.</summary>
    public IEnumerable<long> Changes(string name) => _changes[_codes[name]].Keys;

    /// <summary>The value at a time.</summary>
    public BigInteger At(string name, long time) => _changes[_codes[name]].Last(change => change.Key <= time).Value;
}
