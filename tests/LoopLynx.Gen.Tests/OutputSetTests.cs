using System.Text.Json;

namespace LoopLynx.Gen.Tests;

/// <summary>The files of one run appear together or not at all.</summary>
public sealed class OutputSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("looplynx-set-").FullName;

    private string Target => Path.Combine(_folder, "a", "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_is_seen_before_the_last_file_is_there()
    {
        using (var set = OutputSet.Begin(Target))
        {
            set.Add("x.v", "x\n");
            Assert.False(Directory.Exists(Target));
            Assert.Equal([Path.Combine(Target, "x.v"), Path.Combine(Target, "manifest.json")], set.Commit());
        }

        Assert.Equal(["manifest.json", "x.v"], Names(Target));
        Assert.Equal(["out"], Names(Path.Combine(_folder, "a")));
    }

    [Fact]
    public void A_set_that_is_given_up_leaves_nothing_not_even_the_folders_that_it_made()
    {
        using (var set = OutputSet.Begin(Target))
        {
            set.Add("x.v", "x\n");
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_name_with_a_folder_goes_there_in_a_new_set_and_in_an_old_one()
    {
        Write(("x.v", "x\n"), ("below/y.v", "y\n"));
        Assert.Equal("y\n", File.ReadAllText(Path.Combine(Target, "below", "y.v")));
        Write(("x.v", "x\n"), ("below/y.v", "z\n"), ("other/w.v", "w\n"));
        Assert.Equal("z\n", File.ReadAllText(Path.Combine(Target, "below", "y.v")));
        Assert.Equal("w\n", File.ReadAllText(Path.Combine(Target, "other", "w.v")));
    }

    [Fact]
    public void The_manifest_names_the_set()
    {
        Write(("x.v", "x\n"), ("y.v", "yy\n"));
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Target, "manifest.json")));
        var files = manifest.RootElement.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["x.v", "y.v"], files.Select(f => f.GetProperty("name").GetString()));
        Assert.Equal(3, files[1].GetProperty("bytes").GetInt32());
        Assert.Equal("73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac", files[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public void A_second_set_changes_what_differs_and_leaves_other_files_alone()
    {
        Write(("x.v", "x\n"), ("y.v", "y\n"));
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");
        var then = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(Target, "x.v"), then);
        Write(("x.v", "x\n"), ("y.v", "new\n"));
        Assert.Equal(then, File.GetLastWriteTimeUtc(Path.Combine(Target, "x.v")));
        Assert.Equal("new\n", File.ReadAllText(Path.Combine(Target, "y.v")));
        Assert.Equal(["manifest.json", "notes.txt", "x.v", "y.v"], Names(Target));
    }

    [Fact]
    public void A_second_set_that_fails_half_way_has_no_manifest()
    {
        Write(("x.v", "x\n"), ("y.v", "y\n"));
        File.Delete(Path.Combine(Target, "y.v"));
        Directory.CreateDirectory(Path.Combine(Target, "y.v", "in the way"));
        Assert.Throws<OutputException>(() => Write(("x.v", "other\n"), ("y.v", "other\n")));
        Assert.Equal(["x.v", "y.v"], Names(Target));
    }

    [Fact]
    public void A_second_set_that_is_given_up_leaves_the_first()
    {
        Write(("x.v", "x\n"));
        using (var set = OutputSet.Begin(Target))
        {
            set.Add("x.v", "other\n");
        }

        Assert.Equal("x\n", File.ReadAllText(Path.Combine(Target, "x.v")));
        Assert.Equal(["manifest.json", "x.v"], Names(Target));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_by_the_next_one()
    {
        Directory.CreateDirectory(Path.Combine(Target, ".looplynx-0123"));
        File.WriteAllText(Path.Combine(Target, ".looplynx-0123", "x.v"), "half");
        File.WriteAllText(Path.Combine(Target, ".looplynx-0123.lock"), "");
        Write(("x.v", "x\n"));
        Assert.Equal(["manifest.json", "x.v"], Names(Target));
    }

    [Fact]
    public void What_a_living_process_writes_is_left_alone()
    {
        Directory.CreateDirectory(Target);
        using var other = OutputSet.Begin(Target);
        other.Add("y.v", "y\n");
        Write(("x.v", "x\n"));
        other.Commit();
        Assert.Equal("y\n", File.ReadAllText(Path.Combine(Target, "y.v")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    [InlineData("/proc/none/out")]
    public void A_folder_that_cannot_be_is_refused_at_the_beginning(string folder)
    {
        var error = Assert.Throws<OutputException>(() => OutputSet.Begin(folder));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_in_the_way_is_refused_at_the_beginning()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "");
        Assert.Equal($"can't write '{path}': it is a file; name a folder", Assert.Throws<OutputException>(() => OutputSet.Begin(path)).Message);
        Assert.Throws<OutputException>(() => OutputSet.Begin(Path.Combine(path, "inside")));
        Assert.Equal(["file"], Names(_folder));
    }

    private void Write(params (string Name, string Text)[] files)
    {
        using var set = OutputSet.Begin(Target);
        foreach (var (name, text) in files)
        {
            set.Add(name, text);
        }

        set.Commit();
    }

    private static string[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
