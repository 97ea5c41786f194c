using LoopLynx.InputFuzz.Mutations;

namespace LoopLynx.InputFuzz;

/// <summary>An input to try: a checkpoint, or a command line, and what is expected of it.</summary>
/// <param name="Name">The mutation and what it chose.</param>
/// <param name="Expected">What may come of it.</param>
/// <param name="Files">A checkpoint; null: the sound one.</param>
/// <param name="Arguments">A command line, <c>{model}</c> and <c>{out}</c> in it standing for folders; null: the checkpoint is loaded and run on the golden model.</param>
public sealed record Case(string Name, Expectation Expected, ModelFiles? Files, string[]? Arguments)
{
    private static readonly Func<Random, ModelFiles, Case>[] Kinds =
    [
        .. ConfigMutations.All,
        .. HeaderMutations.All,
        .. WeightMutations.All,
        .. VocabularyMutations.All,
        .. MergesMutations.All,
        .. OptionMutations.All,
    ];

    /// <summary>The case of a number: mutations in turn, their choices by the number.</summary>
    public static Case Of(int number, ModelFiles sound) => Kinds[number % Kinds.Length](new Random(number), sound);
}
