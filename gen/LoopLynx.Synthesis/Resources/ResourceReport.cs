namespace LoopLynx.Synthesis.Resources;

/// <summary>What a machine takes, before placement.</summary>
/// <param name="Kernels">Every module below the nodes, kernels first and their children behind them.</param>
/// <param name="Node">One node.</param>
/// <param name="Machine">The whole machine.</param>
/// <param name="Unregistered">Every DSP and RAM that lacks a register at its operands or outputs after absorption.</param>
public sealed record ResourceReport(
    IReadOnlyList<KernelResources> Kernels, ResourceCount Node, ResourceCount Machine, IReadOnlyList<UnregisteredCell> Unregistered);
