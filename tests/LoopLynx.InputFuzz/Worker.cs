using System.Diagnostics;

namespace LoopLynx.InputFuzz;

/// <summary>A process that tries cases, one at a time; it is killed when one takes too long.</summary>
internal sealed class Worker : IDisposable
{
    /// <summary>First argument of the program as a worker; the second is its folder.</summary>
    public const string Argument = "worker";

    // The runtime's start isn't the case's time; on a busy machine it takes long.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    private const string Ready = "ready";

    private readonly string _folder = Directory.CreateTempSubdirectory("looplynx-inputs-").FullName;
    private readonly Process _process;

    private Worker()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        Array.ForEach([typeof(Worker).Assembly.Location, Argument, Make("work")], start.ArgumentList.Add);

        // What a case leaves among temporary files or in the cache is seen, and nobody else's.
        start.Environment["TMPDIR"] = Make("tmp");
        start.Environment["XDG_CACHE_HOME"] = Make("cache");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = Process.Start(start)!;
    }

    /// <summary>Starts one, and waits until it can try cases.</summary>
    public static async Task<Worker> Start()
    {
        var worker = new Worker();
        if (await worker.Answer(StartLimit) == Ready)
        {
            return worker;
        }

        worker.Dispose();
        throw new InvalidOperationException("a worker didn't start: the sound checkpoint isn't sound, or the machine has no time for it");
    }

    /// <summary>Cases tried by a process started as a worker: numbers come in, verdicts go out.</summary>
    public static int Serve(string folder)
    {
        var runner = new CaseRunner(folder);
        Console.Out.WriteLine(Ready);
        while (Console.In.ReadLine() is { } line)
        {
            var number = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
            var (one, outcome) = runner.Run(number);
            Console.Out.WriteLine(Verdict.Of(number, one, outcome, runner.Unchanged).ToJson());
        }

        return 0;
    }

    /// <summary>Tries a case; null: the process ended, or the time did. Then this worker is of no more use.</summary>
    public async Task<Verdict?> Try(int number, TimeSpan limit)
    {
        await _process.StandardInput.WriteLineAsync($"{number}");
        await _process.StandardInput.FlushAsync();
        return await Answer(limit) is { } line ? Verdict.FromJson(line) : null;
    }

    private async Task<string?> Answer(TimeSpan limit)
    {
        using var time = new CancellationTokenSource(limit);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Whether the process has ended by itself.</summary>
    public bool HasEnded => _process.WaitForExit(TimeSpan.FromMilliseconds(200));

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
}
