using System.Text;

namespace LoopLynx.Host;

/// <summary>GPT-2's byte-level byte pair encoding, from a <c>vocab.json</c> and a <c>merges.txt</c>. Not safe for concurrent use.</summary>
public sealed class BpeTokenizer
{
    /// <summary>The one special token of GPT-2.</summary>
    public const string EndOfText = "<|endoftext|>";

    private const int CacheLimit = 1 << 16;

    private readonly BpeMerges merges;
    private readonly int[] byteIds = new int[256];
    private readonly byte[][] tokenBytes;
    private readonly (string Text, int Id)[] special;
    private readonly Dictionary<string, int[]> cache = [];
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> cacheBySpan;

    private BpeTokenizer(Vocabulary vocabulary, BpeMerges merges, CancellationToken cancel)
    {
        this.merges = merges;
        cacheBySpan = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int b = 0; b < 256; b++)
            byteIds[b] = vocabulary.Ids.TryGetValue(ByteSymbols.Symbol((byte)b).ToString(), out int id) ? id
                : throw new HostException(
                    $"{vocabulary.Path}: token \"{ByteSymbols.Symbol((byte)b)}\" for byte 0x{b:X2} is missing; take the file from the checkpoint's download");
        tokenBytes = new byte[vocabulary.Ids.Count][];
        foreach ((string token, int id) in vocabulary.Ids)
        {
            cancel.ThrowIfCancellationRequested();
            tokenBytes[id] = BytesOf(token);
        }
        special =
        [
            .. vocabulary.Special.OrderByDescending(entry => entry.Key.Length).ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => (entry.Key, entry.Value)),
        ];
        EndOfTextId = vocabulary.Special.TryGetValue(EndOfText, out int end) ? end : null;
        int[] inOrder = [.. Enumerable.Range(0, 256).OrderBy(b => ByteSymbols.Symbol((byte)b)).Select(b => byteIds[b])];
        Warnings = [.. vocabulary.Doubts(inOrder, [.. merges.Made])];
    }

    /// <summary>Number of tokens; ids are 0 .. VocabSize-1.</summary>
    public int VocabSize => tokenBytes.Length;

    /// <summary>Id of <see cref="EndOfText"/>, if the vocabulary has it.</summary>
    public int? EndOfTextId { get; }

    /// <summary>What speaks against the tokenizer's files belonging together, a line each; empty for a sound one.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Loads <c>vocab.json</c> and <c>merges.txt</c> of a directory, and <c>added_tokens.json</c> if it is there.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="cancel">Ends the loading.</param>
    /// <exception cref="HostException">A file is missing or damaged, or the two do not belong together.</exception>
    public static BpeTokenizer Load(string directory, CancellationToken cancel = default)
    {
        string mergesPath = Path.Combine(directory, "merges.txt");
        Vocabulary vocabulary = Vocabulary.Load(directory, cancel);
        string[] lines = InputFile.ReadText(mergesPath, "the file does not exist; a tokenizer needs vocab.json and merges.txt").Split('\n');
        return new BpeTokenizer(vocabulary, BpeMerges.Parse(lines, vocabulary.Ids, mergesPath, vocabulary.Path, cancel), cancel);
    }

    /// <summary>
    /// The token ids of a text. Special tokens in it, such as <see cref="EndOfText"/>, are plain text, as in GPT-2's own encoder, unless
    /// <paramref name="allowSpecial"/> is set.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="allowSpecial">Whether special tokens in it are tokens.</param>
    /// <param name="cancel">Ends the encoding between words.</param>
    public int[] Encode(string text, bool allowSpecial = false, CancellationToken cancel = default)
    {
        var ids = new List<int>(text.Length / 3 + 4);
        ReadOnlySpan<char> rest = text;
        while (allowSpecial && NextSpecial(rest) is { } next)
        {
            EncodePlain(rest[..next.At], ids, cancel);
            ids.Add(next.Id);
            rest = rest[(next.At + next.Length)..];
        }
        EncodePlain(rest, ids, cancel);
        return [.. ids];
    }

    /// <summary>The text of token ids; bytes that are not UTF-8 become U+FFFD.</summary>
    /// <exception cref="HostException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var bytes = new List<byte>(ids.Length * 4);
        foreach (int id in ids)
            bytes.AddRange(TokenBytes(id));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>The bytes that one token stands for; a token can end in the middle of a UTF-8 sequence.</summary>
    /// <exception cref="HostException">The id is outside the vocabulary.</exception>
    public ReadOnlySpan<byte> TokenBytes(int id) => id >= 0 && id < tokenBytes.Length
        ? tokenBytes[id]
        : throw new HostException($"token id {id} is outside the tokenizer's vocabulary of {tokenBytes.Length}; use the tokenizer of the model");

    /// <summary>The first special token in a text, of several at one place the longest.</summary>
    private (int At, int Length, int Id)? NextSpecial(ReadOnlySpan<char> text)
    {
        (int At, int Length, int Id)? first = null;
        foreach ((string token, int id) in special)
            if (token.Length > 0 && text.IndexOf(token, StringComparison.Ordinal) is var at and >= 0 && (first is null || at < first.Value.At))
                first = (at, token.Length, id);
        return first;
    }

    private void EncodePlain(ReadOnlySpan<char> text, List<int> ids, CancellationToken cancel)
    {
        while (text.Length > 0)
        {
            cancel.ThrowIfCancellationRequested();
            int length = WordPattern.NextWord(text);
            ids.AddRange(EncodeWord(text[..length]));
            text = text[length..];
        }
    }

    private ReadOnlySpan<int> EncodeWord(ReadOnlySpan<char> word)
    {
        if (cacheBySpan.TryGetValue(word, out int[]? known))
            return known;
        var utf8 = new byte[Encoding.UTF8.GetMaxByteCount(word.Length)];
        int count = Encoding.UTF8.GetBytes(word, utf8);
        var tokens = new int[count];
        for (int i = 0; i < count; i++)
            tokens[i] = byteIds[utf8[i]];
        int[] merged = tokens[..merges.Apply(tokens)];
        if (cache.Count < CacheLimit)
            cache[word.ToString()] = merged;
        return merged;
    }

    /// <summary>A token of byte symbols as bytes; a special token, which holds other characters or is <see cref="EndOfText"/>, as its text.</summary>
    private static byte[] BytesOf(string token)
    {
        var bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
            if (!ByteSymbols.TryByte(token[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(token);
        return bytes;
    }
}
