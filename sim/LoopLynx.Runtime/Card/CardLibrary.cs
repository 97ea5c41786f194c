using System.Runtime.InteropServices;
using System.Text;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>The host's C interface (<c>looplynx_host.h</c>) from a library that was built of it.</summary>
public sealed class CardLibrary : IDisposable
{
    /// <summary>Name of the library in the folder of the kernel.</summary>
    public const string Name = "liblooplynx_host.so";

    private const int ErrorBytes = 256;

    private readonly nint _library;
    private readonly OpenCall _open;
    private readonly LoadCall _load;
    private readonly RunCall _run;
    private readonly LayersCall _layers;
    private readonly TestCall _test;
    private readonly ReportCall _report;
    private readonly ErrorCall _error;
    private readonly CloseCall _close;

    /// <summary>Loads it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SimulationException">It can't be loaded, or isn't this interface.</exception>
    public CardLibrary(string path)
    {
        try
        {
            _library = NativeLibrary.Load(path);
            _open = Call<OpenCall>("looplynx_open");
            _load = Call<LoadCall>("looplynx_load");
            _run = Call<RunCall>("looplynx_run");
            _layers = Call<LayersCall>("looplynx_set_layers");
            _test = Call<TestCall>("looplynx_self_test");
            _report = Call<ReportCall>("looplynx_report");
            _error = Call<ErrorCall>("looplynx_error");
            _close = Call<CloseCall>("looplynx_close");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            var reason = e.Message.Split('\n')[0];
            throw new SimulationException($"{path} isn't the host's library: build it of looplynx_host.cpp (docs/card.md says how); {reason}");
        }
    }

    private delegate nint OpenCall(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string xclbin, [MarshalAs(UnmanagedType.LPUTF8Str)] string map, uint device,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string unit, byte[] error, nuint bytes);

    private delegate int LoadCall(nint unit, uint channel, byte[] data, nuint bytes);

    private delegate int RunCall(nint unit, uint node, uint position, int[] embedding, int[] hidden, ref CardStatus status, uint milliseconds);

    private delegate void LayersCall(nint unit, uint layers);

    private delegate int TestCall(nint unit, uint node, uint bursts, ref CardStatus status, uint milliseconds);

    private delegate nuint ReportCall(nint unit, uint[] words, nuint count);

    private delegate nint ErrorCall(nint unit);

    private delegate void CloseCall(nint unit);

    /// <summary>The address of a function of the library.</summary>
    public T Call<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));

    /// <summary>Opens a unit.</summary>
    /// <param name="xclbin">The file for the card.</param>
    /// <param name="map">The memory map that was written with its kernel.</param>
    /// <param name="device">The card's number.</param>
    /// <param name="unit">The unit's name.</param>
    /// <exception cref="SimulationException">It can't be opened; the line says why.</exception>
    public CardUnit Open(string xclbin, string map, int device, string unit)
    {
        var error = new byte[ErrorBytes];
        var handle = _open(xclbin, map, (uint)device, unit, error, (nuint)error.Length);
        return handle != 0 ? new CardUnit(this, handle) : throw new SimulationException(Encoding.UTF8.GetString(error).TrimEnd('\0'));
    }

    /// <inheritdoc/>
    public void Dispose() => NativeLibrary.Free(_library);

    /// <summary>Fills a channel; 0: done.</summary>
    internal int Load(nint unit, int channel, byte[] data) => _load(unit, (uint)channel, data, (nuint)data.Length);

    /// <summary>Runs a token; 0: done.</summary>
    internal int Run(nint unit, int node, int position, int[] embedding, int[] hidden, ref CardStatus status, uint milliseconds) =>
        _run(unit, (uint)node, (uint)position, embedding, hidden, ref status, milliseconds);

    /// <summary>Says through how many layers the next tokens run; 0: all.</summary>
    internal void SetLayers(nint unit, int layers) => _layers(unit, (uint)layers);

    /// <summary>Runs the self-test; 0: done.</summary>
    internal int SelfTest(nint unit, int node, int bursts, ref CardStatus status, uint milliseconds) =>
        _test(unit, (uint)node, (uint)bursts, ref status, milliseconds);

    /// <summary>The report of the last run.</summary>
    internal uint[] Report(nint unit)
    {
        var words = new uint[_report(unit, [], 0)];
        _report(unit, words, (nuint)words.Length);
        return words;
    }

    /// <summary>One line about the last call that failed.</summary>
    internal string Error(nint unit) => Marshal.PtrToStringUTF8(_error(unit)) ?? "";

    /// <summary>Closes a unit.</summary>
    internal void Close(nint unit) => _close(unit);
}
