using LoopLynx.Accelerator;
using LoopLynx.Card.Host;
using LoopLynx.Card.Link;
using LoopLynx.Card.Package;
using LoopLynx.Card.Text;
using LoopLynx.Gen;
using LoopLynx.Gen.Board;

namespace LoopLynx.Card;

/// <summary>All files of a kernel's folder: from Verilog to the host.</summary>
public static class KernelFiles
{
    /// <summary>Node counts that there are connectivity files for.</summary>
    public static IReadOnlyList<int> NodeCounts { get; } = [1, 2, 4];

    /// <summary>Everything that packages, links and drives one kernel.</summary>
    public static IReadOnlyList<VerilogFile> Of(CardKernel kernel, U50 board)
    {
        VerilogFile[] verilog = [.. VerilogBackend.Emit(kernel.Design), new($"{CardKernel.Name}.v", TopWriter.Write(kernel))];
        return
        [
            .. verilog,
            new("kernel.xml", KernelXmlWriter.Write(kernel)),
            new("package_kernel.tcl", PackageScriptWriter.Write(kernel, board, verilog.Select(f => f.Name))),
            new(ConstraintsWriter.InKernelName, ConstraintsWriter.InKernel(kernel)),
            new(ConstraintsWriter.OutOfContextName, ConstraintsWriter.OutOfContext()),
            .. Connectivity(kernel.Configuration, board),
            new("Makefile", Resources.Read("Makefile")),
            new(KernelMapWriter.Name, KernelMapWriter.Write(kernel, board)),
            new("registers.md", RegisterTables.All(kernel)),
            new(ConstantsWriter.Name, ConstantsWriter.Write(kernel)),
            .. ((string[])["looplynx_host.h", "looplynx_host.cpp", "looplynx_map.h"]).Select(name => new VerilogFile(name, Resources.Read(name))),
        ];
    }

    /// <summary>The linker's files for 1, 2 and 4 nodes; four are two cards with the same xclbin.</summary>
    public static IEnumerable<VerilogFile> Connectivity(NodeConfiguration configuration, U50 board)
    {
        var used = board with { ChannelsPerNode = configuration.Channels };
        foreach (var nodes in NodeCounts)
        {
            string[] units = [.. Enumerable.Range(0, Math.Min(nodes, board.MaxNodes)).Select(i => $"node{i}")];
            var text = ConnectivityWriter.Write(used, units, new KernelPorts(Kernel: CardKernel.Name), nodes > board.MaxNodes ? LinkKernel.Aurora : null);
            yield return new($"connectivity-{nodes}.cfg", text);
        }
    }
}
