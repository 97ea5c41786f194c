using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace LoopLynx.Sim.Compiled;

/// <summary>Loaded generated code: function pointers into a collectible load context.</summary>
internal sealed unsafe class Kernel : IDisposable
{
    private readonly AssemblyLoadContext _context = new("LoopLynx kernel", isCollectible: true);

    /// <param name="image">The assembly.</param>
    /// <param name="domains">Domains that have functions of their own.</param>
    /// <param name="joint">Whether the only edge is the one of <see cref="Tick"/>.</param>
    public Kernel(byte[] image, int domains, bool joint = false)
    {
        var type = _context.LoadFromStream(new MemoryStream(image)).GetType(KernelGenerator.ClassName)!;
        Settle = (delegate* managed<byte*, void>)Find(type, "Settle");
        Tick = (delegate* managed<byte*, void>)Find(type, "Tick");
        Run = (delegate* managed<byte*, long, long>)Find(type, "Run");
        TickDomain = new delegate* managed<byte*, void>[domains];
        CheckDomain = new delegate* managed<byte*, void>[domains];
        for (var d = 0; d < domains; d++)
        {
            TickDomain[d] = domains == 1 || joint ? Tick : (delegate* managed<byte*, void>)Find(type, KernelGenerator.TickName(d));
            CheckDomain[d] = (delegate* managed<byte*, void>)Find(type, KernelGenerator.CheckName(d));
        }
    }

    /// <summary>Computes the output ports.</summary>
    public delegate* managed<byte*, void> Settle { get; }

    /// <summary>One edge of all domains.</summary>
    public delegate* managed<byte*, void> Tick { get; }

    /// <summary>Several edges; returns how many were done before a claim failed.</summary>
    public delegate* managed<byte*, long, long> Run { get; }

    /// <summary>One edge of one domain.</summary>
    public delegate* managed<byte*, void>[] TickDomain { get; }

    /// <summary>Checks the claims of one domain.</summary>
    public delegate* managed<byte*, void>[] CheckDomain { get; }

    /// <summary>Unloads the code; no pointer may be used any more.</summary>
    public void Dispose() => _context.Unload();

    private static void* Find(Type type, string name)
    {
        var method = type.GetMethod(name, BindingFlags.Static | BindingFlags.Public)!.MethodHandle;
        RuntimeHelpers.PrepareMethod(method);
        return (void*)method.GetFunctionPointer();
    }
}
