using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Host;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx quality</c>: perplexity of the integer golden model beside float32.</summary>
public static class QualityCommand
{
    /// <summary>Held-out text that ships with the product.</summary>
    public const string DefaultText = "models/heldout/sonnets.txt";

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "folder of a GPT-2 checkpoint (default: the shipped model)" };
        var text = new Option<string?>("--text") { Description = "held-out text (default: a few sonnets)" };
        var softmax = new Option<string>("--softmax") { Description = "precise (the accelerator's) or paper (int8 probabilities)", DefaultValueFactory = _ => "precise" };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var command = new Command("quality", "Perplexity of the integer golden model beside float32.") { model, text, softmax, json };
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var mode = parsed.GetValue(softmax) switch
            {
                "precise" => SoftmaxMode.Precise,
                "paper" => SoftmaxMode.Paper,
                var other => throw new UsageException($"--softmax {other} is unknown; use precise or paper"),
            };
            var path = parsed.GetValue(text) ?? Repository.OfProgram.Find(DefaultText);
            var held = InputFile.ReadText(path, "the text file does not exist; name a readable file with --text");
            var loaded = ModelSource.Load(parsed.GetValue(model), cancel);
            var ids = loaded.Tokenizer.Encode(held);
            var result = Progress.Run("Measuring", progress => Perplexity.Compare(loaded.Checkpoint, loaded.Quantized, ids, mode, progress, cancel));
            string[] warnings = [.. loaded.Warnings, .. SaturationReport.Warnings(result.Saturations, result.Tokens), .. Doubts(result, loaded.Quantized.Description.Vocabulary.Padded)];
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new
                {
                    PerplexityFloat32 = result.Float32,
                    PerplexityInteger = result.Integer,
                    result.Top1Agreement,
                    result.Tokens,
                    Softmax = parsed.GetValue(softmax),
                    Saturations = SaturationReport.Of(result.Saturations, loaded.Quantized),
                    Warnings = warnings,
                });
            }
            else
            {
                Console.Out.WriteLine($"perplexity float32 {result.Float32:F4}, integer {result.Integer:F4} ({(result.Integer / result.Float32) - 1:+0.00%;-0.00%}), top-1 agreement {result.Top1Agreement:P1}, {result.Tokens} tokens");
                Warnings.Print(warnings);
            }

            return 0;
        }, cancel));
        return command;
    }

    private static IEnumerable<string> Doubts(QualityResult result, int vocabulary)
    {
        if (!double.IsFinite(result.Float32) || !double.IsFinite(result.Integer))
        {
            yield return "a perplexity is beyond every number (null in JSON): the model's weights are out of range, or the text isn't the model's";
        }
        else if (result.Float32 > vocabulary)
        {
            yield return $"the float32 model does worse than guessing among its {vocabulary} tokens: the tokenizer or the text doesn't fit the model";
        }
    }
}
