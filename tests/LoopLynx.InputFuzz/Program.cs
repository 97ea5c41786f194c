using System.Globalization;
using LoopLynx.InputFuzz;

if (args is [Worker.Argument, var folder])
{
    return Worker.Serve(folder);
}

if (args is not ([] or [_] or [_, _]) || args.Any(arg => !int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
{
    Console.Error.WriteLine("usage: LoopLynx.InputFuzz [CASES [FIRST]]   tries so many mutated inputs (default 300), from the case of that number on (default 0)");
    return 2;
}

int Number(int index, int fallback) => index < args.Length ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
var report = await new InputFuzzer(Number(1, 0), Number(0, 300), Environment.ProcessorCount).Run(verdict =>
{
    if (!verdict.IsExpected)
    {
        Console.Error.WriteLine(verdict);
    }
});
Console.Out.Write(report);
return report.Failures.Count == 0 ? 0 : 1;
