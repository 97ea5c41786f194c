using System.Runtime.InteropServices;
using LoopLynx.Sim;

namespace LoopLynx.Verilator;

/// <summary>One model object in a loaded shared library; the other side of <see cref="ModelSources.Shim"/>.</summary>
internal sealed unsafe class ModelLibrary : IDisposable
{
    private readonly delegate* unmanaged<void*, void> _destroy;
    private readonly delegate* unmanaged<void*, int, void*> _port;
    private readonly delegate* unmanaged<void*, byte*> _eval;
    private readonly delegate* unmanaged<void*, ulong, long, byte*> _tick;
    private nint _library;
    private void* _model;

    public ModelLibrary(string path)
    {
        _library = NativeLibrary.Load(path);
        _destroy = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(_library, "model_destroy");
        _port = (delegate* unmanaged<void*, int, void*>)NativeLibrary.GetExport(_library, "model_port");
        _eval = (delegate* unmanaged<void*, byte*>)NativeLibrary.GetExport(_library, "model_eval");
        _tick = (delegate* unmanaged<void*, ulong, long, byte*>)NativeLibrary.GetExport(_library, "model_tick");
        _model = ((delegate* unmanaged<void*>)NativeLibrary.GetExport(_library, "model_create"))();
    }

    /// <summary>Where a port's packed bits lie: 1, 2, 4 or 8 bytes, or 32-bit words past 64 bits.</summary>
    public byte* Port(int index) => (byte*)_port(_model, index);

    /// <summary>Evaluates after changes of inputs.</summary>
    public void Eval()
    {
        ObjectDisposedException.ThrowIf(_model is null, this);
        Check(_eval(_model));
    }

    /// <summary>Edges of the domains whose bits are 1, at the same moment.</summary>
    public void Tick(ulong domains, long cycles)
    {
        ObjectDisposedException.ThrowIf(_model is null, this);
        Check(_tick(_model, domains, cycles));
    }

    public void Dispose()
    {
        if (_model is not null)
        {
            _destroy(_model);
            NativeLibrary.Free(_library);
            _model = null;
            _library = 0;
        }
    }

    private static void Check(byte* error)
    {
        if (error is not null)
        {
            throw new SimulationException($"the Verilated model ended: {Marshal.PtrToStringUTF8((nint)error)}");
        }
    }
}
