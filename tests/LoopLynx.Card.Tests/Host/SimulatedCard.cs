using System.Runtime.InteropServices;
using LoopLynx.Accelerator;
using LoopLynx.Runtime;

namespace LoopLynx.Card.Tests.Host;

/// <summary>A simulated kernel below the stand-in for XRT: its registers and its memory, by what the C++ calls.</summary>
internal sealed class SimulatedCard
{
    // A host's millisecond, so that the shortest wait ends before a token does.
    private const int CyclesOfMillisecond = 200;

    // A wait for ever has an end in a test.
    private const int MostCycles = 300_000;

    private const int PollCycles = 50;

    private readonly KernelSession _session;
    private readonly byte[][] _memory;
    private readonly Dictionary<int, ulong> _addresses;
    private readonly Delegate[] _callbacks;

    /// <summary>Puts the kernel below the stand-in.</summary>
    public SimulatedCard(KernelSession session, byte[][] memory)
    {
        (_session, _memory) = (session, memory);

        // The session has written its pointers: they say where its memory lies.
        _addresses = Small.Kernel.Arguments.Where(a => a.Port is not null)
            .ToDictionary(a => a.Id, a => session.Read(a.Offset) | ((ulong)session.Read(a.Offset + 4) << 32));

        // In the order of the stand-in's structure; C++ holds pointers to them.
        _callbacks = [(ReadCall)Read, (WriteCall)Write, (OffsetCall)Offset, (AddressCall)Address, (CopyCall)ToDevice, (CopyCall)FromDevice, (WaitCall)Wait];
    }

    private delegate uint ReadCall(uint offset);

    private delegate void WriteCall(uint offset, uint word);

    private delegate uint OffsetCall(int argument);

    private delegate ulong AddressCall(int argument);

    private delegate void CopyCall(int argument, nint bytes, ulong count);

    private delegate int WaitCall(uint milliseconds);

    /// <summary>Registers that were written, in their order.</summary>
    public List<uint> Written { get; } = [];

    /// <summary>What a call has thrown: no exception may pass the C++.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Pointers to the calls, in the order of the stand-in's structure.</summary>
    public nint[] Calls => [.. _callbacks.Select(Marshal.GetFunctionPointerForDelegate)];

    private uint Read(uint offset) => Guard(() => _session.Read((int)offset));

    private void Write(uint offset, uint word) => Guard(() =>
    {
        Written.Add(offset);
        _session.Write((int)offset, word);
        return 0;
    });

    private static uint Offset(int argument) => (uint)Small.Kernel.Arguments[argument].Offset;

    private ulong Address(int argument) => _addresses[argument];

    private void ToDevice(int argument, nint bytes, ulong count) => Guard(() =>
    {
        var data = new byte[count];
        Marshal.Copy(bytes, data, 0, data.Length);
        data.CopyTo(Bytes(argument));
        return 0;
    });

    private void FromDevice(int argument, nint bytes, ulong count) => Guard(() =>
    {
        Marshal.Copy(Bytes(argument)[..(int)count].ToArray(), 0, bytes, (int)count);
        return 0;
    });

    private int Wait(uint milliseconds) => Guard(() =>
    {
        var most = milliseconds == 0 ? MostCycles : milliseconds * CyclesOfMillisecond;
        for (var cycles = 0; cycles < most; cycles += PollCycles)
        {
            if ((_session.Read(KernelRegisters.Control) & KernelControl.DoneBit) != 0)
            {
                _session.Write(KernelRegisters.Control, KernelControl.ContinueBit);
                return 1;
            }

            _session.Wait(PollCycles);
        }

        return 0;
    });

    private Memory<byte> Bytes(int argument)
    {
        var (name, row) = (Small.Kernel.Arguments[argument].Name, HostWrite.RowBytes(Small.Configuration));
        return name switch
        {
            "embeddings" => _session.Buffers[..row],
            "results" => _session.Buffers[row..],
            _ => _memory[int.Parse(name["memory".Length..], System.Globalization.CultureInfo.InvariantCulture)],
        };
    }

    private T Guard<T>(Func<T> action)
        where T : struct
    {
        try
        {
            return action();
        }
        catch (Exception e)
        {
            Failure ??= e;
            return default;
        }
    }
}
