using System.Text;
using System.Text.Json;

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
    private readonly Dictionary<string, int[]> cache = [];
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> cacheBySpan;

    private BpeTokenizer(Dictionary<string, int> vocab, BpeMerges merges, string vocabPath)
    {
        this.merges = merges;
        cacheBySpan = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int b = 0; b < 256; b++)
            byteIds[b] = vocab.TryGetValue(ByteSymbols.Symbol((byte)b).ToString(), out int id) ? id
                : throw new HostException($"{vocabPath}: token \"{ByteSymbols.Symbol((byte)b)}\" for byte 0x{b:X2} is missing; take the file from the checkpoint's download");
        tokenBytes = new byte[vocab.Count][];
        foreach ((string token, int id) in vocab)
            tokenBytes[id] = BytesOf(token);
        EndOfTextId = vocab.TryGetValue(EndOfText, out int end) ? end : null;
    }

    /// <summary>Number of tokens; ids are 0 .. VocabSize-1.</summary>
    public int VocabSize => tokenBytes.Length;

    /// <summary>Id of <see cref="EndOfText"/>, if the vocabulary has it.</summary>
    public int? EndOfTextId { get; }

    /// <summary>Loads <c>vocab.json</c> and <c>merges.txt</c> of a directory.</summary>
    /// <exception cref="HostException">A file is missing or damaged, or the two do not belong together.</exception>
    public static BpeTokenizer Load(string directory)
    {
        string vocabPath = Path.Combine(directory, "vocab.json"), mergesPath = Path.Combine(directory, "merges.txt");
        Dictionary<string, int> vocab = LoadVocab(vocabPath);
        string[] lines;
        try
        {
            lines = File.ReadAllText(mergesPath).Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"{mergesPath}: the file does not exist or cannot be read; a tokenizer needs vocab.json and merges.txt", e);
        }
        return new BpeTokenizer(vocab, BpeMerges.Parse(lines, vocab, mergesPath, vocabPath), vocabPath);
    }

    /// <summary>
    /// The token ids of a text. <see cref="EndOfText"/> in it is plain text, as in GPT-2's own encoder, unless
    /// <paramref name="allowSpecial"/> is set.
    /// </summary>
    public int[] Encode(string text, bool allowSpecial = false)
    {
        var ids = new List<int>(text.Length / 3 + 4);
        ReadOnlySpan<char> rest = text;
        while (allowSpecial && EndOfTextId is { } end && rest.IndexOf(EndOfText) is var at and >= 0)
        {
            EncodePlain(rest[..at], ids);
            ids.Add(end);
            rest = rest[(at + EndOfText.Length)..];
        }
        EncodePlain(rest, ids);
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

    private void EncodePlain(ReadOnlySpan<char> text, List<int> ids)
    {
        while (text.Length > 0)
        {
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

    private static Dictionary<string, int> LoadVocab(string path)
    {
        using var json = new JsonObjectFile(path);
        var vocab = new Dictionary<string, int>();
        foreach (JsonProperty entry in json.Root.EnumerateObject())
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out int id) || !vocab.TryAdd(entry.Name, id))
                throw new HostException($"{path}: token \"{entry.Name}\" has no integer id or appears twice; take the file from the checkpoint's download");
        var used = new bool[vocab.Count];
        foreach ((string token, int id) in vocab)
            if (id < 0 || id >= used.Length || used[id])
                throw new HostException($"{path}: token \"{token}\" has the id {id}, but ids must run from 0 to {used.Length - 1} without repeats; take the file from the checkpoint's download");
            else
                used[id] = true;
        return vocab;
    }
}
