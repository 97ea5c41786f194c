namespace LoopLynx.Host;

/// <summary>The merge rules of a byte pair encoding, in terms of token ids.</summary>
internal sealed class BpeMerges
{
    private const int None = int.MaxValue;

    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> rules;

    private BpeMerges(Dictionary<(int Left, int Right), (int Rank, int Id)> rules) => this.rules = rules;

    /// <summary>The ids that the rules make, best rule first.</summary>
    public IEnumerable<int> Made => rules.Values.OrderBy(rule => rule.Rank).Select(rule => rule.Id);

    /// <summary>Parses the lines of a <c>merges.txt</c>: an optional <c>#version</c> line, then one pair of tokens a line, best first.</summary>
    public static BpeMerges Parse(string[] lines, IReadOnlyDictionary<string, int> vocab, string path, string vocabPath, CancellationToken cancel)
    {
        var rules = new Dictionary<(int, int), (int, int)>(lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || (i == 0 && line.StartsWith("#version", StringComparison.Ordinal)))
                continue;
            string[] parts = line.Split(' ');
            if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
                throw new HostException($"{path}: line {i + 1} is not a pair of tokens; take the file from the checkpoint's download");
            foreach (string token in (ReadOnlySpan<string>)[parts[0], parts[1], parts[0] + parts[1]])
                if (!vocab.ContainsKey(token))
                    throw new HostException(
                        $"{vocabPath}: token \"{token}\" of merges.txt line {i + 1} is missing; use the vocab.json and merges.txt of one tokenizer");
            rules.TryAdd((vocab[parts[0]], vocab[parts[1]]), (rules.Count, vocab[parts[0] + parts[1]]));
        }
        return new BpeMerges(rules);
    }

    /// <summary>
    /// Merges in place, the best-ranked pair first and every occurrence of it from left to right, until no rule applies.
    /// Returns the number of tokens left. The ranks of neighbours are kept, so that a pass looks only changed pairs up.
    /// </summary>
    public int Apply(Span<int> tokens)
    {
        int count = tokens.Length;
        if (count < 2)
            return count;
        Span<int> ranks = count <= 256 ? stackalloc int[count] : new int[count];
        for (int i = 0; i < count - 1; i++)
            ranks[i] = Rank(tokens[i], tokens[i + 1]);
        while (count > 1 && Min(ranks[..(count - 1)]) is var best && best != None)
            count = MergeAll(tokens[..count], ranks, best);
        return count;
    }

    private int MergeAll(Span<int> tokens, Span<int> ranks, int best)
    {
        int kept = 0, stale = -1;
        for (int i = 0; i < tokens.Length; i++, kept++)
        {
            bool merge = i + 1 < tokens.Length && ranks[i] == best;
            int token = merge ? rules[(tokens[i], tokens[i + 1])].Id : tokens[i];
            if (merge)
                i++;
            int rank = i + 1 < tokens.Length ? ranks[i] : None;
            tokens[kept] = token;
            if (kept > 0 && (merge || stale == kept - 1))
                ranks[kept - 1] = Rank(tokens[kept - 1], token);
            ranks[kept] = rank;
            if (merge)
                stale = kept;
        }
        return kept;
    }

    private int Rank(int left, int right) => rules.TryGetValue((left, right), out (int Rank, int) rule) ? rule.Rank : None;

    private static int Min(ReadOnlySpan<int> ranks)
    {
        int best = None;
        foreach (int rank in ranks)
            best = Math.Min(best, rank);
        return best;
    }
}
