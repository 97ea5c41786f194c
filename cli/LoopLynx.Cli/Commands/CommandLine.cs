using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Host;
using LoopLynx.Sim;
using LoopLynx.Synthesis;

namespace LoopLynx.Cli.Commands;

/// <summary>The <c>looplynx</c> command: parses, runs, and turns every failure into one line and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Exit code of a wrong command line.</summary>
    public const int UsageError = 2;

    /// <summary>Exit code of a command that the user interrupted.</summary>
    public const int Cancelled = 130;

    /// <summary>Runs one command line and returns its exit code: 0 only on success.</summary>
    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("LoopLynx: an LLM accelerator at register-transfer level, from a prompt to Verilog.")
        {
            RunCommand.Create(),
            RtlCommand.Create(),
            CosimCommand.Create(),
            QualityCommand.Create(),
            LatencyCommand.Create(),
            BenchCommand.Create(),
            FuzzCommand.Create(),
            CoverageCommand.Create(),
            ResourcesCommand.Create(),
            TimingCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Fail($"{parsed.Errors[0].Message.ReplaceLineEndings(" ")} (see 'looplynx {parsed.CommandResult.Command.Name} --help')", UsageError);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            return Fail("cancelled", Cancelled);
        }
        catch (ConfigurationException e)
        {
            return Fail(e.Advises ? e.Message : $"{e.Message}; choose other --channels, --lanes or --nodes, or another model", 1);
        }
        catch (Exception e) when (e is UsageException or DifferenceException or HostException or SimulationException or OutputException or HdlException or SynthesisException)
        {
            return Fail(e.Message.ReplaceLineEndings(" "), 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message.ReplaceLineEndings(" "), 1);
        }
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"looplynx: {message}");
        return code;
    }
}
