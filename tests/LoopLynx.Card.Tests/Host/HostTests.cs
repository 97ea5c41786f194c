namespace LoopLynx.Card.Tests.Host;

/// <summary>The host's C++ in the compilers.</summary>
public sealed class HostTests : IDisposable
{
    private static readonly string[] Strict = ["-Wall", "-Wextra", "-Werror"];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Debian's package <c>libxrt-dev</c>, which puts the headers into a folder of their own.</summary>
    private static string Xrt => "/usr/include/xrt";

    [Fact]
    public void It_compiles_against_XRT()
    {
        Assert.SkipUnless(File.Exists($"{Xrt}/xrt/xrt_kernel.h"), "XRT's headers aren't installed: apt-get install libxrt-dev");
        var result = Small.Run("g++", "g++", _folder.Path, [.. Strict, "-std=c++17", "-isystem", Xrt, "-c", "looplynx_host.cpp", "-o", "looplynx_host.o"]);
        Assert.True(result.ExitCode == 0, result.Log);
        Assert.True(new FileInfo(_folder["looplynx_host.o"]).Length > 0);
    }

    [Fact]
    public void The_headers_are_C()
    {
        const string program = """
            #include "looplynx_host.h"
            #include "looplynx_kernel.h"
            #include <stdio.h>
            int main(void) { return puts(looplynx_fault_text(LOOPLYNX_FAULT_SILENT_CHANNEL)) < 0; }

            """;
        Compile("gcc", "c", program, "-std=c99");
        Assert.Equal("a memory channel owes an answer for longer than the watchdog waits", Small.Run(_folder["program"], "", _folder.Path).Log.Trim());
    }

    [Fact]
    public void Its_reader_takes_the_map_and_refuses_damaged_ones()
    {
        const string program = """
            #include "looplynx_map.h"
            #include <iostream>
            int main(int, char **arguments)
            {
                try {
                    const looplynx::value map = looplynx::map_reader::read(arguments[1]);
                    const looplynx::value &last = map["buffers"].items.back();
                    std::cout << map["designHash"].items[3].number << ' ' << last["name"].text << ' ' << last["argument"].number << std::endl;
                    return 0;
                } catch (const std::exception &e) {
                    std::cout << e.what() << std::endl;
                    return 1;
                }
            }

            """;
        Compile("g++", "cpp", program, "-std=c++17");
        var last = Small.Kernel.Arguments[^1];
        var whole = Small.Run(_folder["program"], "", _folder.Path, "memory-map.json");
        Assert.Equal((0, $"{Accelerator.KernelHash.Of(Small.Configuration)[3]} {last.Name} {last.Id}"), (whole.ExitCode, whole.Log.Trim()));
        var text = Small.Files["memory-map.json"];
        string[] damaged = ["", text[..(text.Length / 2)], text + "x", new string('[', 100_000), "{\"a\": -1}", "{\"a\": \"\\n\"}", "{}"];
        Assert.All(damaged, d => Assert.Equal(1, Small.Run(_folder["program"], "", _folder.Path, _folder.Write("damaged.json", d)).ExitCode));
    }

    private void Compile(string compiler, string extension, string program, string standard)
    {
        var source = _folder.Write($"program.{extension}", program);
        var result = Small.Run(compiler, compiler, _folder.Path, [.. Strict, standard, source, "-o", _folder["program"]]);
        Assert.True(result.ExitCode == 0, result.Log);
    }
}
