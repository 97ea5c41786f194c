using System.Text.Json;

namespace LoopLynx.Host;

/// <summary>The tokens of a <c>vocab.json</c> and, where there is one, of the <c>added_tokens.json</c> beside it.</summary>
/// <param name="Ids">Id of each token; ids run from 0 without gaps.</param>
/// <param name="Special">Tokens that are never made by merging: those of <c>added_tokens.json</c>, and GPT-2's end of text.</param>
/// <param name="Path">The path of <c>vocab.json</c>, for messages.</param>
internal sealed record Vocabulary(IReadOnlyDictionary<string, int> Ids, IReadOnlyDictionary<string, int> Special, string Path)
{
    /// <summary>Share of neighbours that may be out of order before it is said: a few rules of one tokenizer can make the same token.</summary>
    private const double Disorder = 0.01;

    /// <summary>Reads the files of a directory.</summary>
    /// <exception cref="HostException">A file is missing or damaged, or they contradict each other.</exception>
    public static Vocabulary Load(string directory, CancellationToken cancel)
    {
        string path = System.IO.Path.Combine(directory, "vocab.json"), addedPath = System.IO.Path.Combine(directory, "added_tokens.json");
        Dictionary<string, int> ids = Read(path, cancel), special = [];
        if (System.IO.Path.Exists(addedPath))
            foreach ((string token, int id) in Read(addedPath, cancel))
            {
                if (ids.TryGetValue(token, out int other) && other != id)
                    throw new HostException($"{addedPath}: token \"{token}\" has the id {id}, but {other} in vocab.json; use the files of one tokenizer");
                ids[token] = special[token] = id;
            }
        if (ids.TryGetValue(BpeTokenizer.EndOfText, out int end))
            special[BpeTokenizer.EndOfText] = end;
        CheckIds(ids, path);
        return new Vocabulary(ids, special, path);
    }

    /// <summary>What speaks against the vocabulary and the rules being of one tokenizer, a line each.</summary>
    /// <param name="bytes">Ids of the tokens of one byte, in the order of their symbols.</param>
    /// <param name="made">Ids that the rules make, best rule first.</param>
    public IEnumerable<string> Doubts(IReadOnlyList<int> bytes, IReadOnlyList<int> made)
    {
        var known = new HashSet<int>(bytes.Concat(made).Concat(Special.Values));
        string[] never = [.. Ids.Where(entry => !known.Contains(entry.Value)).OrderBy(entry => entry.Value).Select(entry => entry.Key)];
        if (never.Length > 0)
            yield return $"{never.Length} of the {Ids.Count} tokens of vocab.json are made by no rule of merges.txt, for example \"{never[0]}\": the two "
                + "don't seem to be of one tokenizer, so the tokenizer may not fit the model";

        // Trainers number tokens as they find them: first the bytes, then what each rule makes.
        int[] order = [.. bytes, .. made];
        int descents = order.Skip(1).Where((id, i) => id < order[i]).Count();
        if (descents > Disorder * order.Length)
            yield return $"the ids of vocab.json don't follow the rules of merges.txt ({descents} of {order.Length} are out of order): the tokenizer may not "
                + "fit the model";
    }

    private static Dictionary<string, int> Read(string path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var json = new JsonObjectFile(path);
        var vocab = new Dictionary<string, int>();
        foreach (JsonProperty entry in json.Root.EnumerateObject())
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out int id) || !vocab.TryAdd(entry.Name, id))
                throw new HostException($"{path}: token \"{entry.Name}\" has no integer id or appears twice; take the file from the checkpoint's download");
        }
        return vocab;
    }

    private static void CheckIds(Dictionary<string, int> ids, string path)
    {
        var used = new bool[ids.Count];
        foreach ((string token, int id) in ids)
            if (id < 0 || id >= used.Length || used[id])
                throw new HostException(
                    $"{path}: token \"{token}\" has the id {id}, but ids must run from 0 to {used.Length - 1} without repeats; take the file from the "
                        + "checkpoint's download");
            else
                used[id] = true;
    }
}
