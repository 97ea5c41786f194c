using System.CommandLine;
using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Commands;

/// <summary>The <c>looplynx</c> command: parses, runs, and turns every failure into one line and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Exit code of a wrong command line.</summary>
    public const int UsageError = 2;

    /// <summary>Exit code of a command that was cancelled without a signal.</summary>
    public const int Cancelled = 130;

    private const string Description = """
        LoopLynx: an LLM accelerator at register-transfer level, from a prompt to Verilog.

        Examples:
          looplynx run "ROMEO:" --tokens 32        text from the simulated accelerator
          looplynx latency --shape gpt2-345m       one token of GPT-2 345M, every register simulated
          looplynx rtl --out build/rtl             the design as Verilog
          looplynx cosim --tokens 1                the simulation beside the Verilated design
          looplynx run --help                      all options of a command
        """;

    /// <summary>Runs one command line and returns its exit code: 0 only on success.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="interruption">Cancels the command; null: nothing does.</param>
    public static async Task<int> Run(string[] args, Interruption? interruption = null)
    {
        var cancel = interruption?.Token ?? CancellationToken.None;
        try
        {
            return await Execute(args, cancel);
        }
        catch (OutputClosedException)
        {
            return StandardOutput.ClosedCode;
        }
        catch (Exception e) when (e is OperationCanceledException || cancel.IsCancellationRequested)
        {
            // What fails while the command is cancelled fails because of it.
            return Cancel(interruption);
        }
        catch (Exception e) when (Refusal.Message(e) is { } message)
        {
            return Fail(message, 1);
        }
    }

    /// <summary>Runs one command line; what it refuses is an exception of the kinds that <see cref="Refusal"/> knows.</summary>
    public static async Task<int> Execute(string[] args, CancellationToken cancel)
    {
        var root = new RootCommand(Description)
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
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (args.Length == 0)
        {
            await root.Parse(["--help"]).InvokeAsync(configuration, cancel);
            return Fail("no command is given (see 'looplynx --help')", UsageError);
        }

        var parsed = root.Parse(args);
        return parsed.Errors.Count > 0
            ? Fail($"{parsed.Errors[0].Message.ReplaceLineEndings(" ")} (see '{Name(parsed.CommandResult.Command)} --help')", UsageError)
            : await parsed.InvokeAsync(configuration, cancel);
    }

    private static string Name(Command command) => command is RootCommand ? "looplynx" : $"looplynx {command.Name}";

    private static int Cancel(Interruption? interruption)
    {
        if (interruption is null)
        {
            return Fail("cancelled", Cancelled);
        }

        interruption.Say();
        return interruption.ExitCode;
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"looplynx: {message}");
        return code;
    }
}
