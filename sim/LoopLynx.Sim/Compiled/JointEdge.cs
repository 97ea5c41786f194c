using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled;

/// <summary>
/// An edge of some but not all clocks at one moment, compiled when it first happens: only schedules of three or more clocks need it. It has a block of its own, so that the engine's block and
/// the spans of its ports stay where they are; the state is copied over and back.
/// </summary>
internal sealed unsafe class JointEdge : IDisposable
{
    private readonly Kernel _kernel;
    private readonly int _stateBytes;
    private byte* _block;

    /// <summary>Compiles the edge.</summary>
    public JointEdge(StateLayout layout, CompiledOptions options, ImmutableArray<ClockDomain> domains, CancellationToken cancel)
    {
        var generated = new KernelGenerator(layout, options, domains, cancel);
        _kernel = new Kernel(KernelCompiler.Compile(generated.Source, cancel), layout.Flat.Domains.Length, joint: true);
        _stateBytes = layout.Size;
        _block = (byte*)NativeMemory.AlignedAlloc((nuint)generated.Size, 64);
        NativeMemory.Clear(_block, (nuint)generated.Size);
        foreach (var (offset, bytes) in generated.Image)
        {
            bytes.CopyTo(new Span<byte>(_block + offset, bytes.Length));
        }
    }

    /// <summary>Moves a state block over the edge.</summary>
    public void Tick(Span<byte> state)
    {
        var block = new Span<byte>(_block, _stateBytes);
        state.CopyTo(block);
        _kernel.Tick(_block);
        block.CopyTo(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_block);
        _block = null;
        _kernel.Dispose();
    }
}
