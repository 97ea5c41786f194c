using Spectre.Console;

namespace LoopLynx.Cli.Output;

/// <summary>Where a command talks to while it works; its report is written by <see cref="ReportWriter"/>.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error: progress, notes and warnings.</param>
public sealed record CommandConsole(TextWriter Output, TextWriter Error)
{
    /// <summary>Whether a person reads along: text appears as it is made, and notes are told. With <c>--json</c> nobody does.</summary>
    public bool IsForPerson { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that can show progress.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Whether <see cref="Output"/> is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The console of this process.</summary>
    /// <param name="json">The report is wanted as JSON.</param>
    public static CommandConsole OfProcess(bool json) => new(Console.Out, Console.Error)
    {
        IsForPerson = !json,
        ShowsProgress = !Console.IsErrorRedirected,
        IsTerminal = !Console.IsOutputRedirected,
    };

    /// <summary>Runs <paramref name="work"/>, which tells the fraction done (0..1), under a bar with <paramref name="title"/>.</summary>
    public T Progress<T>(string title, Func<IProgress<double>, T> work)
    {
        if (!ShowsProgress)
        {
            return work(new Silent());
        }

        T result = default!;
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        terminal.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                result = work(new Bar(task));
                task.Value = 1;
            });
        return result;
    }

    private sealed class Silent : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
