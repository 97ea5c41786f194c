namespace LoopLynx.Gen.Tests;

/// <summary>Files appear whole or not at all.</summary>
public class OutputFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("looplynx-out-").FullName;

    [Fact]
    public void A_file_is_written_and_nothing_else_is_left()
    {
        var inner = Path.Combine(_folder, "a", "b");
        Assert.Equal(Path.Combine(inner, "x.v"), OutputFolder.Write(inner, "x.v", "text\n"));
        OutputFolder.Write(inner, "x.v", "other\n");
        Assert.Equal("other\n", File.ReadAllText(Path.Combine(inner, "x.v")));
        Assert.Single(Directory.GetFiles(inner));
    }

    [Fact]
    public void An_unchanged_file_keeps_its_time()
    {
        var path = OutputFolder.Write(_folder, "x.v", "text\n");
        var then = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, then);
        OutputFolder.Write(_folder, "x.v", "text\n");
        Assert.Equal(then, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_one_line_of_error()
    {
        var file = OutputFolder.Write(_folder, "file", "");
        var error = Assert.Throws<OutputException>(() => OutputFolder.Write(file, "x.v", "text"));
        Assert.StartsWith($"can't write '{Path.Combine(file, "x.v")}': ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
