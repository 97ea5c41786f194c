using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>A stream's contract as claims in the hardware.</summary>
public static class StreamContracts
{
    /// <summary>
    /// Claims that a beat which is offered stays offered, payload unchanged, until it is taken. Checked in every simulated cycle and emitted for formal tools.
    /// Costs a register of the payload's size where assertions are kept. Latency 0; returns the stream itself.
    /// </summary>
    public static Stream<T> AssertStable<T>(this Stream<T> stream, string name = "contract", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Stable(stream, Assert, name, file, line);
        return stream;
    }

    /// <summary>
    /// The same, promised instead of claimed: what the environment of a proof keeps at a stream that it feeds. Formal tools look only at runs that keep it;
    /// a simulator stops at one that doesn't. Latency 0; returns the stream itself.
    /// </summary>
    public static Stream<T> AssumeStable<T>(this Stream<T> stream, string name = "promise", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Stable(stream, Assume, name, file, line);
        return stream;
    }

    private static void Stable<T>(Stream<T> stream, Action<Signal, string, string, int> claim, string name, string file, int line)
    {
        var stalled = (stream.Valid & !stream.Ready).RegisteredReset(0, null, $"{name}_stalled", file, line);
        claim(!stalled | stream.Valid, "a beat that is offered stays until it is taken", file, line);
        foreach (var (field, fieldName) in stream.Fields.Zip(Payload<T>.Names))
        {
            var before = field.Registered(null, $"{name}_{fieldName}", file, line);
            var same = (field == before).AllLanes();
            claim(!stalled | same, $"'{fieldName}' doesn't change while the consumer stalls", file, line);
        }
    }
}
