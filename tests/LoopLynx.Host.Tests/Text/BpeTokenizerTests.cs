using System.Text.Json;

namespace LoopLynx.Host.Tests;

public class BpeTokenizerTests(ShakespeareFixture fixture)
{
    private static BpeTokenizer? gpt2;

    [Fact]
    public void EncodesTheReferencePrompt()
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.ShakespeareModel, "reference.json")));
        int[] ids = [.. reference.RootElement.GetProperty("prompt_ids").EnumerateArray().Select(id => id.GetInt32())];
        string prompt = reference.RootElement.GetProperty("prompt").GetString()!;
        Assert.Equal(ids, fixture.Model.Tokenizer.Encode(prompt));
        Assert.Equal(prompt, fixture.Model.Tokenizer.Decode(ids));
    }

    [Theory]
    [InlineData("")]
    [InlineData("To be, or not to be: that is the question.\n\n\tNo?  ")]
    [InlineData("na\u00EFve \U0001F600 \u4F60\u597D \U00010330")]
    [InlineData("\0\u0001\u007F\u00A0\u00AD")]
    public void DecodingUndoesEncoding(string text) => Assert.Equal(text, fixture.Model.Tokenizer.Decode(fixture.Model.Tokenizer.Encode(text)));

    [Fact]
    public void EndOfTextIsPlainTextUnlessAllowed()
    {
        BpeTokenizer tokenizer = fixture.Model.Tokenizer;
        const string text = "a<|endoftext|>b";
        Assert.Equal(511, tokenizer.EndOfTextId);
        Assert.DoesNotContain(511, tokenizer.Encode(text));
        Assert.Equal([.. tokenizer.Encode("a"), 511, .. tokenizer.Encode("b")], tokenizer.Encode(text, allowSpecial: true));
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text, allowSpecial: true)));
    }

    [Fact]
    public void BrokenUtf8DecodesToReplacementCharacters()
    {
        BpeTokenizer tokenizer = fixture.Model.Tokenizer;
        int[] ids = tokenizer.Encode("\u00E9");
        Assert.Equal("\uFFFD", tokenizer.Decode(ids.AsSpan(0, 1)));
        Assert.Equal("\uFFFD", tokenizer.Decode(tokenizer.Encode("\uD800")));
    }

    [Fact]
    public void UnknownId() => Expect.Error("token id 512 is outside the tokenizer's vocabulary of 512; use the tokenizer of the model",
        () => fixture.Model.Tokenizer.Decode([1, 512]));

    [Theory]
    [InlineData("Hello, world!", new[] { 15496, 11, 995, 0 })]
    [InlineData("The quick brown fox jumps over the lazy dog", new[] { 464, 2068, 7586, 21831, 18045, 625, 262, 16931, 3290 })]
    [InlineData("<|endoftext|>", new[] { 27, 91, 437, 1659, 5239, 91, 29 })]
    [InlineData("\n\n", new[] { 628 })]
    [InlineData("a\n\nb", new[] { 64, 198, 198, 65 })]
    public void Gpt2Vocabulary(string text, int[] ids)
    {
        BpeTokenizer tokenizer = Gpt2();
        Assert.Equal(ids, tokenizer.Encode(text));
        Assert.Equal(text, tokenizer.Decode(ids));
        Assert.Equal((50257, 50256), (tokenizer.VocabSize, tokenizer.EndOfTextId));
    }

    [Fact]
    public void Gpt2VocabularyRoundTripsALongTextFast()
    {
        BpeTokenizer tokenizer = Gpt2();
        string text = string.Concat(Enumerable.Repeat(File.ReadAllText(Repository.Sonnets), 5)) + new string('a', 100_000) + string.Concat(Enumerable.Range(0, 20_000).Select(i => (char)('a' + i * i % 26)));
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void MergesTakeTheBestPairEverywhereBeforeTheNext()
    {
        using var directory = new TempDirectory();
        // "ab a" ranks before "a b" but needs its product: GPT-2 merges both "a b" first.
        BpeTokenizer tokenizer = Load(directory, ["ab", "aba", "aa"], "ab a", "a b", "a a");
        Assert.Equal(["ab", "ab"], Tokens(tokenizer, "abab"));
        Assert.Equal(["aa", "a"], Tokens(tokenizer, "aaa"));
        Assert.Equal(["a", "ab"], Tokens(tokenizer, "aab"));
    }

    [Fact]
    public void MergedTokenMissingFromTheVocabulary()
    {
        using var directory = new TempDirectory();
        Expect.Error($"{directory.File("vocab.json")}: token \"ab\" of merges.txt line 2 is missing; use the vocab.json and merges.txt of one tokenizer",
            () => Load(directory, [], "a b"));
    }

    [Fact]
    public void ByteMissingFromTheVocabulary()
    {
        using var directory = new TempDirectory();
        string path = directory.Write("vocab.json", "{\"!\":0}");
        directory.Write("merges.txt", "");
        Expect.Error($"{path}: token \"\u0100\" for byte 0x00 is missing; take the file from the checkpoint's download", () => BpeTokenizer.Load(directory.Path));
    }

    [Theory]
    [InlineData("{\"a\":0,\"b\":0}", "token \"b\" has the id 0, but ids must run from 0 to 1 without repeats; take the file from the checkpoint's download")]
    [InlineData("{\"a\":0,\"b\":2}", "token \"b\" has the id 2, but ids must run from 0 to 1 without repeats; take the file from the checkpoint's download")]
    [InlineData("{\"a\":0,\"a\":1}", "token \"a\" has no integer id or appears twice; take the file from the checkpoint's download")]
    [InlineData("{\"a\":\"x\"}", "token \"a\" has no integer id or appears twice; take the file from the checkpoint's download")]
    public void BadVocabulary(string json, string message)
    {
        using var directory = new TempDirectory();
        string path = directory.Write("vocab.json", json);
        Expect.Error($"{path}: {message}", () => BpeTokenizer.Load(directory.Path));
    }

    [Fact]
    public void BadMerges()
    {
        using var directory = new TempDirectory();
        Expect.Error($"{directory.File("merges.txt")}: line 3 is not a pair of tokens; take the file from the checkpoint's download", () => Load(directory, ["ab"], "a b", "a"));
        File.Delete(directory.File("merges.txt"));
        Expect.Error($"{directory.File("merges.txt")}: the file does not exist; a tokenizer needs vocab.json and merges.txt", () => BpeTokenizer.Load(directory.Path));
    }

    [Fact]
    public void SpecialTokensComeFromTheAddedTokensToo()
    {
        using var directory = new TempDirectory();
        Load(directory, ["ab"], "a b");
        directory.Write("added_tokens.json", "{\"<|endoftext|>\":257,\"<|end|>\":258}");
        BpeTokenizer tokenizer = BpeTokenizer.Load(directory.Path);
        Assert.Equal((259, 257), (tokenizer.VocabSize, tokenizer.EndOfTextId));
        Assert.Equal([256 + 1, 256, 256 + 2], tokenizer.Encode("<|endoftext|>ab<|end|>", allowSpecial: true));
        Assert.Equal("<|endoftext|>ab<|end|>", tokenizer.Decode(tokenizer.Encode("<|endoftext|>ab<|end|>")));
        Assert.DoesNotContain(257, tokenizer.Encode("<|endoftext|>"));
        Assert.Empty(tokenizer.Warnings);
    }

    [Fact]
    public void AnAddedTokenWithTwoIdsIsRefused()
    {
        using var directory = new TempDirectory();
        Load(directory, ["ab"], "a b");
        string path = directory.Write("added_tokens.json", "{\"ab\":257}");
        Expect.Error($"{path}: token \"ab\" has the id 257, but 256 in vocab.json; use the files of one tokenizer", () => BpeTokenizer.Load(directory.Path));
    }

    [Fact]
    public void ATokenizerWhoseFilesDoNotBelongTogetherIsDoubted()
    {
        using var directory = new TempDirectory();
        Assert.Empty(Load(directory, ["ab", "abc"], "a b", "ab c").Warnings);
        Assert.StartsWith("2 of the 258 tokens of vocab.json are made by no rule of merges.txt, for example \"ab\"", Assert.Single(Load(directory, ["ab", "abc"]).Warnings));
        Assert.Empty(BpeTokenizer.Load(Repository.ShakespeareModel).Warnings);
        Assert.Empty(Gpt2().Warnings);
        string shuffled = directory.File("vocab.json");
        Dictionary<string, int> vocab = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(Path.Combine(Repository.ShakespeareModel, "vocab.json")))!;
        File.WriteAllText(shuffled, JsonSerializer.Serialize(vocab.ToDictionary(entry => entry.Key, entry => entry.Value * 205 % 512)));
        File.Copy(Path.Combine(Repository.ShakespeareModel, "merges.txt"), directory.File("merges.txt"), overwrite: true);
        Assert.Contains("don't follow the rules of merges.txt", Assert.Single(BpeTokenizer.Load(directory.Path).Warnings));
    }

    private static BpeTokenizer Gpt2() => gpt2 ??= BpeTokenizer.Load(Repository.Shared("models", "gpt2-tokenizer"));

    private static BpeTokenizer Load(TempDirectory directory, string[] tokens, params string[] merges)
    {
        IEnumerable<string> all = Enumerable.Range(0, 256).Select(b => ByteSymbols.Symbol((byte)b).ToString()).Concat(tokens);
        directory.Write("vocab.json", JsonSerializer.Serialize(all.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id)));
        directory.Write("merges.txt", string.Join('\n', merges.Prepend("#version: 0.2")));
        return BpeTokenizer.Load(directory.Path);
    }

    private static IEnumerable<string> Tokens(BpeTokenizer tokenizer, string text) => tokenizer.Encode(text).Select(id => tokenizer.Decode([id]));
}
