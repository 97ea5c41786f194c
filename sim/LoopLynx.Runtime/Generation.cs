using LoopLynx.Host;

namespace LoopLynx.Runtime;

/// <summary>Runs a prompt and the tokens that follow through a simulated accelerator: the host's part of the loop.</summary>
/// <param name="model">The integers of the model; embeds tokens and computes logits from hidden states.</param>
/// <param name="machine">The simulated machine.</param>
/// <param name="sampler">Chooses the next token.</param>
/// <param name="vocabulary">Ids below this stand for text; the others are never chosen. Null: all do.</param>
public sealed class Generation(QuantizedModel model, ITokenMachine machine, Sampler sampler, int? vocabulary = null)
{
    /// <summary>Position and embedding of a token run, before it starts; for progress.</summary>
    public event Action<int>? TokenStarts;

    /// <summary>A token has been generated.</summary>
    public event Action<int>? TokenGenerated;

    /// <summary>
    /// Checks lengths before anything is simulated: a prompt has at least one token, and all positions lie in the context.
    /// </summary>
    /// <exception cref="RequestException">They don't.</exception>
    public static void CheckLengths(int promptTokens, int tokens, int context)
    {
        CheckTokens(tokens);
        if (promptTokens == 0)
        {
            throw new RequestException("the prompt is empty, and the model names no token that starts a text: give at least one character");
        }

        if (promptTokens > context)
        {
            throw new RequestException($"the prompt has {promptTokens} tokens, the model's context holds {context}: shorten the prompt");
        }

        if ((long)promptTokens + tokens - 1 > context)
        {
            throw new RequestException(parameter =>
                $"a prompt of {promptTokens} tokens and {tokens} more don't fit the context of {context}: "
                + $"use {parameter("tokens")} {context - promptTokens + 1} or fewer");
        }
    }

    /// <summary>Refuses a number of tokens that no model can generate.</summary>
    /// <exception cref="RequestException">It is below 1.</exception>
    public static void CheckTokens(int tokens)
    {
        if (tokens < 1)
        {
            throw new RequestException(parameter => $"{parameter("tokens")} {tokens}: generate at least 1 token");
        }
    }

    /// <summary>Generates <paramref name="tokens"/> tokens after the prompt, or fewer if <paramref name="endOfText"/> comes.</summary>
    /// <param name="prompt">Token ids, at least one.</param>
    /// <param name="tokens">Tokens to generate, at least one.</param>
    /// <param name="endOfText">Token that ends the text; null for none.</param>
    /// <param name="check">Compare every hidden state with the golden model.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    public GenerationResult Run(IReadOnlyList<int> prompt, int tokens, int? endOfText, bool check, CancellationToken cancel)
    {
        CheckLengths(prompt.Count, tokens, model.Description.Context);
        var golden = new GoldenModel(model);
        var hidden = new int[model.Description.Embed];
        var (ids, cycles) = (new List<int>(), new List<long>());
        var promptCycles = 0L;
        string? difference = null;
        for (var position = 0; ids.Count < tokens; position++)
        {
            TokenStarts?.Invoke(position);
            var token = position < prompt.Count ? prompt[position] : ids[^1];
            var embedding = model.Embed(token, position);
            var spent = machine.RunToken(embedding, position, hidden, cancel);

            // Also unchecked: what the machine clips nobody can see, the golden model counts it.
            var expected = golden.Step(embedding, position);
            difference ??= check ? Difference(expected, hidden, position) : null;

            promptCycles += position < prompt.Count ? spent : 0;
            if (position < prompt.Count - 1)
            {
                continue;
            }

            ids.Add(sampler.Next(golden.Logits(hidden).AsSpan(0, vocabulary ?? model.Description.Vocabulary.Padded)));
            cycles.Add(spent);
            TokenGenerated?.Invoke(ids[^1]);
            if (ids[^1] == endOfText)
            {
                break;
            }
        }

        return new GenerationResult(ids, cycles, promptCycles, check ? difference is null : null, difference, ids[^1] == endOfText ? "endOfText" : "length", golden.Saturations);
    }

    private static string? Difference(ReadOnlySpan<int> expected, ReadOnlySpan<int> actual, int position)
    {
        var at = expected.CommonPrefixLength(actual);
        return at == expected.Length ? null : $"position {position}, hidden value {at}: the accelerator has {actual[at]}, the golden model {expected[at]}";
    }
}
