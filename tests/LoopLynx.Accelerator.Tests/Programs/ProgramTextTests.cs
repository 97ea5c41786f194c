using System.Runtime.CompilerServices;

namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>The program's text for six machines, as it was read and recorded: order, sizes, formats, places and memory of every step.</summary>
public class ProgramTextTests
{
    private static readonly Dictionary<string, Func<NodeConfiguration>> Machines = new()
    {
        ["shakespeare-fast-1"] = () => Presets.Fast(new NodeConfiguration(ModelDescription.Shakespeare)),
        ["shakespeare-paper-4"] = () => Presets.Paper(new NodeConfiguration(ModelDescription.Shakespeare) { Nodes = 4 }),
        ["gpt2-345m-fast-1"] = () => Presets.Fast(new NodeConfiguration(ModelDescription.Gpt2Medium)),
        ["gpt2-345m-fast-4"] = () => Presets.Fast(new NodeConfiguration(ModelDescription.Gpt2Medium) { Nodes = 4 }),
        ["gpt2-345m-paper-2"] = () => Presets.Paper(new NodeConfiguration(ModelDescription.Gpt2Medium) { Nodes = 2 }),
        ["third-norm-fast-1"] = () => Presets.Fast(ProgramRun.Tiny(new ThirdNormFamily())),
    };

    public static TheoryData<string> Names { get; } = [.. Machines.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_is_the_recorded_one(string name)
    {
        var text = ProgramText.Write(Machines[name]().Program);
        var path = Path.Combine(Folder(), $"{name}.txt");
        if (Environment.GetEnvironmentVariable("LOOPLYNX_RECORD") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Texts");
}
