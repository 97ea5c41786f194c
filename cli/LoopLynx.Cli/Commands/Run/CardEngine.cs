using System.Runtime.InteropServices;
using System.Text.Json;
using LoopLynx.Accelerator;
using LoopLynx.Card.Link;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>The engine <c>xrt</c> of <c>run</c>: a card, through the library that was built of the host's C++.</summary>
public sealed class CardEngine
{
    /// <summary>Its name among the engines.</summary>
    public const string Name = "xrt";

    private const string Map = KernelMapWriter.Name;
    private const string Page = "docs/card.md has the way from Verilog to a token on a card";

    /// <summary>XRT's library.</summary>
    public string Library { get; init; } = "libxrt_coreutil.so.2";

    /// <summary>Where the kernel lists what XRT's driver has bound.</summary>
    public string Driver { get; init; } = "/sys/bus/pci/drivers/xocl";

    /// <summary>Refuses, by the first thing that isn't there.</summary>
    /// <param name="xclbin">The file for the card; beside it lie the map and the library.</param>
    /// <exception cref="UsageException">What is missing, and what to do.</exception>
    public void Check(string? xclbin)
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            throw new UsageException($"--engine {Name} needs XRT, and {Library} can't be loaded: install it (apt-get install libxrt2); {Page}");
        }

        // Bound devices are links by their address: 0000:3b:00.1.
        if (!Directory.Exists(Driver) || !Directory.EnumerateFileSystemEntries(Driver).Any(e => Path.GetFileName(e).Contains(':', StringComparison.Ordinal)))
        {
            throw new UsageException($"--engine {Name} needs an Alveo U50, and XRT's driver has no card here ({Driver}): see 'xbutil examine'; {Page}");
        }

        if (xclbin is null)
        {
            throw new UsageException($"--engine {Name} needs the file for the card: give --xclbin FILE; {Page}");
        }

        foreach (var file in new[] { xclbin, Beside(xclbin, Map), Beside(xclbin, CardLibrary.Name) })
        {
            if (!File.Exists(file))
            {
                throw new UsageException($"there is no {file}: the xclbin, {Map} and {CardLibrary.Name} lie in one folder; {Page}");
            }
        }
    }

    /// <summary>Opens the units of a machine and fills their memory.</summary>
    /// <param name="work">The model on its machine.</param>
    /// <param name="xclbin">The file for the card.</param>
    /// <param name="cancel">Ends the filling.</param>
    /// <exception cref="UsageException">The map is of another machine.</exception>
    /// <exception cref="LoopLynx.Sim.SimulationException">The card refuses.</exception>
    public static IKernelMachine Open(Workload work, string xclbin, CancellationToken cancel)
    {
        var map = Beside(xclbin, Map);
        var kernels = CardRing.OfKernels(work.Configuration);
        if (!HashOf(map).SequenceEqual(KernelHash.Of(kernels)))
        {
            throw new UsageException($"{map} belongs to another machine: write the kernel with 'looplynx rtl' for this model, --preset and --nodes");
        }

        return new CardMachine(new CardLibrary(Beside(xclbin, CardLibrary.Name)), xclbin, map, work.BuildMemory(cancel), kernels, cancel);
    }

    private static string Beside(string xclbin, string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(xclbin))!, name);

    private static uint[] HashOf(string map)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(map));
            return [.. document.RootElement.GetProperty("designHash").EnumerateArray().Select(e => e.GetUInt32())];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"{map} isn't a memory map that 'looplynx rtl' has written");
        }
    }
}
