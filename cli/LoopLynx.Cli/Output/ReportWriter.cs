using LoopLynx.Runtime;

namespace LoopLynx.Cli.Output;

/// <summary>The one writer of reports.</summary>
public static class ReportWriter
{
    /// <summary>Writes a report to the console, then says whether all is well.</summary>
    /// <param name="report">The report.</param>
    /// <param name="json">As JSON on one line; otherwise as text, with its warnings on standard error.</param>
    /// <param name="console">Where to.</param>
    /// <exception cref="ReportException">A number of it isn't finite: nothing is written.</exception>
    /// <exception cref="DifferenceException">The report has a difference.</exception>
    /// <exception cref="OperationCanceledException">The report was cut short.</exception>
    public static void Write(Report report, bool json, CommandConsole console)
    {
        // A text with a number that isn't one is as wrong as an object with it.
        var text = JsonOutput.Text(report.Json);
        if (json)
        {
            console.Output.WriteLine(text);
        }
        else
        {
            report.WriteText(console.Output);
            foreach (var line in report.Warnings)
            {
                console.Error.WriteLine($"looplynx: warning: {line}");
            }
        }

        if (report.Difference is { } difference)
        {
            throw new DifferenceException(difference);
        }

        if (report.IsCut)
        {
            throw new OperationCanceledException();
        }
    }
}
