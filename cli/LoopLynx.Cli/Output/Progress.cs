using Spectre.Console;

namespace LoopLynx.Cli.Output;

/// <summary>Progress of long work on standard error, shown only where that is a terminal.</summary>
public static class Progress
{
    /// <summary>Runs <paramref name="work"/>, which tells the fraction done (0..1), under a bar with <paramref name="title"/>.</summary>
    public static T Run<T>(string title, Func<IProgress<double>, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(new Silent());
        }

        T result = default!;
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
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
