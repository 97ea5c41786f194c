using System.Runtime.InteropServices;
using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Commands;

/// <summary>The engine <c>xrt</c> of <c>run</c>: a card. So far it says what is missing for one; the host's C interface drives it.</summary>
public sealed class CardEngine
{
    /// <summary>Its name among the engines.</summary>
    public const string Name = "xrt";

    private const string Page = "docs/card.md has the way from Verilog to a token on a card";

    /// <summary>XRT's library.</summary>
    public string Library { get; init; } = "libxrt_coreutil.so.2";

    /// <summary>Where the kernel lists what XRT's driver has bound.</summary>
    public string Driver { get; init; } = "/sys/bus/pci/drivers/xocl";

    /// <summary>Refuses, by the first thing that isn't there.</summary>
    /// <exception cref="UsageException">Always: what is missing, and what to do.</exception>
    public void Refuse()
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

        throw new UsageException($"--engine {Name} doesn't drive a card by itself yet: use the C interface that 'looplynx rtl' writes; {Page}");
    }
}
