namespace LoopLynx.Cli.Tests;

/// <summary>A folder that exists for one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("looplynx-").FullName;

    /// <summary>A path inside.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Copies the shipped model into a folder of that name, for a test to damage.</summary>
    public string CopyModel(string name)
    {
        var target = this[name];
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(Options.Repository.OfProgram.Find(Options.ModelSource.Default)))
        {
            File.Copy(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)));
        }

        return target;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
