using System.Collections.Immutable;

namespace LoopLynx.Gen.Board;

/// <summary>A kernel that carries a stream to the next card over the network cage, made by others.</summary>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Version">Which one it is, and where it comes from.</param>
/// <param name="Send">Its stream from the node.</param>
/// <param name="Receive">Its stream to the node.</param>
/// <param name="Connect">Pairs that the linker joins: a port of the card, and one of the kernel behind <c>/</c>.</param>
public sealed record LinkKernel(string Kernel, string Version, string Send, string Receive, ImmutableArray<(string Card, string Port, bool FromCard)> Connect)
{
    /// <summary>
    /// Aurora 64B/66B in the form that the vendor's tutorial packages it: four lanes, 256 bits of stream behind FIFOs of its own clock.
    /// </summary>
    public static LinkKernel Aurora { get; } = new(
        "krnl_aurora", "Vitis-Tutorials, \"Aurora Kernel on Alveo\", 2023.1 (IP aurora_64b66b 12.0)", "tx_axis", "rx_axis",
        [
            ("io_clk_qsfp_refclka_00", "gt_refclk", true),
            ("io_gt_qsfp_00", "gt_port", false),
            ("ii_level0_wire/ulp_m_aclk_freerun_ref_00", "init_clk", false),
        ]);
}
