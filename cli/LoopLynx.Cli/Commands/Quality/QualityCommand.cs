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
    public static Command Create() =>
        ReportCommand.Create("quality", "Perplexity of the integer golden model beside float32.", new QualityOptions(), Execute);

    /// <summary>Measures both models on the text.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancel">Ends the loading or the measurement.</param>
    public static QualityReport Execute(QualityRequest request, CommandConsole console, CancellationToken cancel)
    {
        var path = request.Text ?? Repository.OfProgram.Find(DefaultText);
        var held = InputFile.ReadText(path, "the text file does not exist; name a readable file with --text");
        var loaded = ModelSource.Load(request.Model, console, cancel);
        var ids = loaded.Tokenizer.Encode(held, cancel: cancel);
        var result = console.Progress(
            "Measuring", progress => Perplexity.Compare(loaded.Checkpoint, loaded.Quantized, ids, request.Softmax, progress, cancel));
        return new QualityReport(result, request.Softmax, loaded);
    }
}
