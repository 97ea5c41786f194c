using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Commands;

/// <summary>How every command works: its options become a request, the request a report, and the report is written.</summary>
internal static class ReportCommand
{
    /// <summary>A command of the command line.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="options">Its options.</param>
    /// <param name="execute">What it does.</param>
    public static Command Create<TRequest>(
        string name, string description, OptionSet<TRequest> options, Func<TRequest, CommandConsole, CancellationToken, Report> execute)
    {
        var command = new Command(name, description);
        options.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() => Run(parsed, options, execute, cancel), cancel));
        return command;
    }

    private static int Run<TRequest>(
        ParseResult parsed, OptionSet<TRequest> options, Func<TRequest, CommandConsole, CancellationToken, Report> execute, CancellationToken cancel)
    {
        var json = options.Json.Of(parsed);
        var console = CommandConsole.OfProcess(json);
        ReportWriter.Write(execute(options.Bind(parsed), console, cancel), json, console);
        return 0;
    }
}
