namespace LoopLynx.Gen.Board;

/// <summary>Names by which the linker knows a node.</summary>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Memory">Memory port of channel 0 without its number.</param>
/// <param name="Host">Memory port of the host's buffers.</param>
/// <param name="RingOut">Stream to the next node.</param>
/// <param name="RingIn">Stream from the node before.</param>
public sealed record KernelPorts(
    string Kernel = "looplynx_node", string Memory = "m_axi_gmem", string Host = "m_axi_host", string RingOut = "ring_out", string RingIn = "ring_in");
