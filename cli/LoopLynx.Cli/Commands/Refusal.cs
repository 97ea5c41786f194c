using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
using LoopLynx.Contract;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim;
using LoopLynx.Synthesis;

namespace LoopLynx.Cli.Commands;

/// <summary>The exceptions by which the command refuses what a user asks for. Any other exception is a mistake of this program.</summary>
public static class Refusal
{
    /// <summary>The one line that says what, where and what to do; null: it isn't a refusal.</summary>
    public static string? Message(Exception exception) => exception switch
    {
        ConfigurationException e => e.Advises ? e.Message : $"{e.Message}; choose other --channels, --lanes or --nodes, or another model",
        RequestException e => e.Told(parameter => $"--{parameter}").ReplaceLineEndings(" "),
        UsageException or ReportException or DifferenceException => Line(exception),
        HostException or SimulationException or OutputException or HdlException or SynthesisException => Line(exception),
        IOException or UnauthorizedAccessException => Line(exception),
        _ => null,
    };

    private static string Line(Exception exception) => exception.Message.ReplaceLineEndings(" ");
}
