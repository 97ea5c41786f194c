using System.Collections.Immutable;
using System.Diagnostics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled;

/// <summary>A design's generated code with the shape of its state: compiled once for all engines of the same design that live at the same time.</summary>
internal sealed class CompiledDesign
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(Design Design, CompiledOptions Options), CompiledDesign> Living = [];

    private readonly (Design, CompiledOptions) _key;
    private int _users;

    private CompiledDesign(Design design, CompiledOptions options, CancellationToken cancel)
    {
        _key = (design, options);
        var watch = Stopwatch.StartNew();
        var flat = Flatten.Run(design);
        Layout = new StateLayout(flat);
        var generated = new KernelGenerator(Layout, options, joint: null, cancel);
        var generate = watch.Elapsed;
        Source = generated.Source;

        watch.Restart();
        var image = KernelCompiler.Compile(Source, cancel);
        var compile = watch.Elapsed;

        watch.Restart();
        Kernel = new Kernel(image, flat.Domains.Length);
        Statistics = new CompiledStatistics(generated.Values, generated.Lines, Source.Length, image.Length, generated.Size, generate, compile, watch.Elapsed);
        (Size, Failure, Wakes, Image) = (generated.Size, generated.Failure, generated.Wakes, [.. generated.Image]);
    }

    /// <summary>Where the state lies.</summary>
    public StateLayout Layout { get; }

    /// <summary>The generated C#.</summary>
    public string Source { get; }

    /// <summary>The loaded code; it keeps nothing of its own.</summary>
    public Kernel Kernel { get; }

    /// <summary>What compiling cost.</summary>
    public CompiledStatistics Statistics { get; }

    /// <summary>Bytes of an engine's block.</summary>
    public int Size { get; }

    /// <summary>Where the block says that a claim has failed.</summary>
    public int Failure { get; }

    /// <summary>Where it says which parts have to run.</summary>
    public (int Offset, int Bytes) Wakes { get; }

    /// <summary>Constants of the block.</summary>
    public ImmutableArray<(int Offset, byte[] Bytes)> Image { get; }

    /// <summary>The code of a design, compiled unless another engine uses it. Each use ends with <see cref="Return"/>.</summary>
    public static CompiledDesign Rent(Design design, CompiledOptions options, CancellationToken cancel)
    {
        lock (Gate)
        {
            if (Living.TryGetValue((design, options), out var known))
            {
                known._users++;
                return known;
            }
        }

        var compiled = new CompiledDesign(design, options, cancel);
        lock (Gate)
        {
            // Another thread may have been first; then this one keeps its own.
            Living.TryAdd(compiled._key, compiled);
            compiled._users = 1;
        }

        return compiled;
    }

    /// <summary>An engine uses it no more; the last one unloads the code.</summary>
    public void Return()
    {
        lock (Gate)
        {
            if (--_users > 0)
            {
                return;
            }

            if (Living.TryGetValue(_key, out var known) && known == this)
            {
                Living.Remove(_key);
            }
        }

        Kernel.Dispose();
    }
}
