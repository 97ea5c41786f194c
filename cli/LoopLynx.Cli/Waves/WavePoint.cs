using System.Globalization;
using LoopLynx.Cli.Output;
using LoopLynx.Contract;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Waves;

/// <summary>A moment of a run where a wave begins or ends: a cycle since reset, or a token, a stage, a stage of a layer.</summary>
/// <param name="Cycle">The cycle; the others are null then.</param>
/// <param name="Token">The position, from 0; null: any.</param>
/// <param name="Stage">The stage; null: the whole token.</param>
/// <param name="Layer">The layer, from 0; null: any.</param>
public sealed record WavePoint(long? Cycle, int? Token, string? Stage, int? Layer)
{
    // The stages of every machine's program for the families that can be loaded.
    private static readonly string[] Stages =
        [StageCycles.Idle, .. LayerProgram.Create(ModelDescription.Shakespeare, NumericPlan.Int8, new MachineShape()).Steps.Select(s => s.Name)];

    private const string Forms = "a cycle (1200), a token (token:3), a stage (Qkv), a stage of a layer (Qkv:0), or both (token:3/Qkv:0)";

    /// <summary>Reads what a user wrote.</summary>
    /// <exception cref="UsageException">It is no moment.</exception>
    public static WavePoint Parse(string option, string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cycle))
        {
            return new WavePoint(cycle, null, null, null);
        }

        var point = new WavePoint(null, null, null, null);
        foreach (var part in text.Split('/'))
        {
            var (name, number) = part.Split(':') switch
            {
                [var alone] => (alone, (int?)null),
                [var before, var after] when int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => (before, value),
                _ => throw Unknown(option, text),
            };
            if (name.Equals("token", StringComparison.OrdinalIgnoreCase) && number is not null && point.Token is null)
            {
                point = point with { Token = number };
            }
            else if (Stages.FirstOrDefault(stage => stage.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found && point.Stage is null)
            {
                point = point with { Stage = found, Layer = number };
            }
            else
            {
                throw Unknown(option, text);
            }
        }

        return point;
    }

    /// <summary>Whether the machine is there.</summary>
    public bool Is(long cycle, int token, string stage, int layer) => Cycle is { } at
        ? cycle == at
        : (Token ?? token) == token && (Stage ?? stage) == stage && (Layer ?? layer) == layer;

    private static UsageException Unknown(string option, string text) =>
        new($"{option} '{text}' is no moment of a run: use {Forms}; stages are {string.Join(", ", Stages)}");
}
