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
    public static Stream<T> AssertStable<T>(this Stream<T> stream, string name = "contract", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where T : class
    {
        var stalled = (stream.Valid & !stream.Ready).RegisteredReset(0, null, $"{name}_stalled", file, line);
        Assert(!stalled | stream.Valid, "a beat that is offered stays until it is taken", file, line);
        foreach (var (field, fieldName) in stream.Fields.Zip(Payload<T>.Names))
        {
            var before = field.Registered(null, $"{name}_{fieldName}", file, line);
            var same = (field == before).AllLanes();
            Assert(!stalled | same, $"'{fieldName}' doesn't change while the consumer stalls", file, line);
        }

        return stream;
    }
}
