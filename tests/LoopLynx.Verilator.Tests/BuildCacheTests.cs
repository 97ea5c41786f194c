using LoopLynx.Hdl;
using LoopLynx.Sim;

namespace LoopLynx.Verilator.Tests;

/// <summary>The cache of built models: whole or not there, one build at a time, nothing left of those that were killed.</summary>
public sealed class BuildCacheTests : IDisposable
{
    private const string LongVariable = "LOOPLYNX_LONG_TESTS";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("looplynx-cache-").FullName;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_build_in_a_folder_of_its_own()
    {
        var model = ChildBuild.Build(Environment.GetEnvironmentVariable(ChildBuild.FolderVariable) ?? _folder, Test);
        Assert.True(File.Exists(model.Library));
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("removed")]
    [InlineData("changed")]
    public void A_library_that_is_not_as_it_was_is_built_again(string damage)
    {
        var first = ChildBuild.Build(_folder, Test);
        Assert.True(ChildBuild.Build(_folder, Test).FromCache);
        switch (damage)
        {
            case "cut short":
                using (var file = File.OpenWrite(first.Library))
                {
                    file.SetLength(100);
                }

                break;
            case "removed":
                File.Delete(first.Library);
                break;
            default:
                using (var file = File.OpenWrite(first.Library))
                {
                    file.Seek(1000, SeekOrigin.Begin);
                    file.Write("damage"u8);
                }

                break;
        }

        var healed = ChildBuild.Build(_folder, Test);
        Assert.False(healed.FromCache);
        Runs(healed);
    }

    [Fact]
    public void Of_two_cold_builds_one_builds_and_the_other_waits()
    {
        var models = new BuiltModel[2];
        Parallel.For(0, models.Length, i => models[i] = ChildBuild.Build(_folder, Test));
        Assert.Equal(models[0].Library, models[1].Library);
        Assert.Single(models, m => m.FromCache);
        NothingLeft();
    }

    [Fact]
    public async Task Two_processes_may_build_the_same_model_at_once()
    {
        using var one = ChildBuild.Start(_folder);
        using var other = ChildBuild.Start(_folder);
        await one.Succeeds(Test);
        await other.Succeeds(Test);
        NothingLeft();
        Assert.True(ChildBuild.Build(_folder, Test).FromCache);
    }

    // 20 moments with LOOPLYNX_LONG_TESTS=1.
    [Fact]
    public async Task After_a_kill_at_any_moment_the_next_build_is_good_and_nothing_is_left()
    {
        var random = new Random(15);
        var moments = Environment.GetEnvironmentVariable(LongVariable) == "1" ? 20 : 3;
        for (var moment = 0; moment < moments; moment++)
        {
            var cache = Path.Combine(_folder, $"{moment}");
            var delay = TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 4));
            using (var child = ChildBuild.Start(cache))
            {
                await Task.Delay(delay, Test);
                child.Kill();
            }

            Runs(ChildBuild.Build(cache, Test));

            // Compilers that outlived the killed process hold its folder until they have ended.
            for (var tries = 0; Directory.GetDirectories(cache, "work-*").Length > 0 && tries < 600; tries++)
            {
                await Task.Delay(100, Test);
                ChildBuild.Build(cache, Test);
            }

            Assert.Empty(Directory.GetFileSystemEntries(cache, "work-*"));
        }
    }

    [Fact]
    public async Task A_cancelled_build_ends_its_tools_and_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        var build = Task.Run(() => ChildBuild.Build(_folder, source.Token), Test);
        while (!Directory.Exists(_folder) || Directory.GetDirectories(_folder, "work-*").Length == 0)
        {
            Assert.False(build.IsCompleted);
            await Task.Delay(10, Test);
        }

        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build.WaitAsync(TimeSpan.FromSeconds(2), Test));
        NothingLeft();
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "logs")));
    }

    [Fact]
    public void The_folder_is_the_users_alone()
    {
        File.SetUnixFileMode(_folder, Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        ChildBuild.Build(_folder, Test);
        Assert.Equal(Private, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public void The_folder_of_another_user_is_refused()
    {
        var chown = new ExternalTool("chown", "apt-get install coreutils").Run(["12345", _folder], cancellation: Test);
        Assert.SkipUnless(chown.ExitCode == 0, "only root can give a folder away");
        var error = Assert.Throws<SimulationException>(() => ChildBuild.Build(_folder, Test));
        Assert.Equal($"the folder of built models '{_folder}' belongs to another user (id 12345); set XDG_CACHE_HOME to a folder of your own", error.Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_line()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        var error = Assert.Throws<SimulationException>(() => ChildBuild.Build(Path.Combine(_folder, "file", "cache"), Test));
        Assert.StartsWith($"the folder of built models '{_folder}/file/cache' can't be made or written: ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static void Runs(BuiltModel model)
    {
        using var engine = new VerilatorEngine(Elaborator.ElaborateUnchecked(new ClockDesign()), QuickBuild.Options with { CacheFolder = Path.GetDirectoryName(Path.GetDirectoryName(model.Library)) });
        engine.Run(3);
        engine.Settle();
        Assert.Equal((model.Library, 10), (engine.Model.Library, (int)engine.Peek("Fast")));
    }

    private void NothingLeft() => Assert.Empty(Directory.GetFileSystemEntries(_folder, "work-*"));
}
