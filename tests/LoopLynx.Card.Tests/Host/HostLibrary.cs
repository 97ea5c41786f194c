using System.Runtime.InteropServices;

namespace LoopLynx.Card.Tests.Host;

/// <summary>The host's C interface, from the library that a test has built of it.</summary>
internal sealed class HostLibrary(string path) : IDisposable
{
    private readonly nint _library = NativeLibrary.Load(path);
    private nint _unit;

    public delegate void Install(nint[] calls);

    private delegate nint OpenCall(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string xclbin, [MarshalAs(UnmanagedType.LPUTF8Str)] string map, uint device,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string unit, byte[] error, nuint bytes);

    private delegate int LoadCall(nint unit, uint channel, byte[] data, nuint bytes);

    private delegate int RunCall(nint unit, uint node, uint position, int[] embedding, int[] hidden, ref RunStatus status, uint milliseconds);

    private delegate nint ErrorCall(nint unit);

    private delegate void CloseCall(nint unit);

    /// <summary>One line about the last call that failed.</summary>
    public string Error => Marshal.PtrToStringUTF8(Call<ErrorCall>("looplynx_error")(_unit))!;

    /// <summary>Puts a kernel below.</summary>
    public void Below(SimulatedCard card) => Call<Install>("shim_install")(card.Calls);

    /// <summary>Opens a unit; empty, or why it failed.</summary>
    public string Open(string map, uint device = 0, string unit = "node0")
    {
        var error = new byte[200];
        _unit = Call<OpenCall>("looplynx_open")("any.xclbin", map, device, unit, error, (nuint)error.Length);
        return _unit != 0 ? "" : System.Text.Encoding.UTF8.GetString(error).TrimEnd('\0');
    }

    /// <summary>Fills a channel.</summary>
    public int Load(int channel, byte[] data) => Call<LoadCall>("looplynx_load")(_unit, (uint)channel, data, (nuint)data.Length);

    /// <summary>Runs a token.</summary>
    public (int Code, RunStatus Status) Run(int position, int[] embedding, int[] hidden, uint milliseconds = 0)
    {
        var status = default(RunStatus);
        return (Call<RunCall>("looplynx_run")(_unit, 0, (uint)position, embedding, hidden, ref status, milliseconds), status);
    }

    public void Dispose()
    {
        if (_unit != 0)
        {
            Call<CloseCall>("looplynx_close")(_unit);
        }

        NativeLibrary.Free(_library);
    }

    private T Call<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));

    /// <summary>The interface's <c>looplynx_status</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct RunStatus
    {
        public uint Fault;
        public uint Channel;
        public uint Stage;
        public uint Cycles;
        public ulong Address;
    }
}
