using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Tests.Designs;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>The default options on processors with narrower vector registers: this test program again, as a child whose runtime is told to use less.</summary>
public class VectorPathTests
{
    private const string BitsVariable = "LOOPLYNX_TEST_VECTOR_BITS";
    private const string FileVariable = "LOOPLYNX_TEST_STATES";

    /// <summary>Runs here with full vectors, and in each child with its own.</summary>
    [Fact]
    public void Designs_run_with_the_vectors_that_there_are()
    {
        if (Environment.GetEnvironmentVariable(BitsVariable) is { } bits)
        {
            Assert.InRange(WidestVector, 0, int.Parse(bits));
            Assert.False(Avx512F.IsSupported);
            Assert.True(bits == "256" || !Avx2.IsSupported);
        }

        var states = States();
        if (Environment.GetEnvironmentVariable(FileVariable) is { } file)
        {
            File.WriteAllText(file, states);
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public async Task Narrower_vectors_end_in_the_same_states(string variable, int bits)
    {
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
            var program = typeof(VectorPathTests).Assembly.Location;
            string[] arguments = [
                .. Path.GetFileNameWithoutExtension(start.FileName) == "dotnet" ? new[] { program } : [],
                "-noLogo", "-noColor", "-method", $"{typeof(VectorPathTests).FullName}.{nameof(Designs_run_with_the_vectors_that_there_are)}"];
            Array.ForEach(arguments, start.ArgumentList.Add);
            start.Environment[variable] = "0";
            start.Environment[BitsVariable] = $"{bits}";
            start.Environment[FileVariable] = file;
            using var child = Process.Start(start)!;
            var cancel = TestContext.Current.CancellationToken;
            var output = child.StandardOutput.ReadToEndAsync(cancel);
            var errors = child.StandardError.ReadToEndAsync(cancel);
            await child.WaitForExitAsync(cancel);
            Assert.True(child.ExitCode == 0, await output + await errors);
            Assert.Equal(States(), await File.ReadAllTextAsync(file, cancel));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int WidestVector => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    // Hashes of what the designs end in after the same random inputs.
    private static string States()
    {
        Module[] tops = [new MacArray(256, 64), new RandomFamilies(1), new RandomFamilies(2), new RandomMachine(3), new RandomModule(4, 40), new RandomModule(5, 40)];
        return string.Join('\n', tops.Select(top =>
        {
            using var engine = new CompiledEngine(Elaborator.Elaborate(top));
            var random = new Random(7);
            for (var cycle = 0; cycle < 50; cycle++)
            {
                RandomTypes.PokeAll(random, engine);
                engine.Tick();
            }

            engine.Settle();
            return Convert.ToHexString(SHA256.HashData(engine.State));
        }));
    }
}
