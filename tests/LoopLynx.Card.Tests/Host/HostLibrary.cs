using LoopLynx.Accelerator;
using LoopLynx.Runtime;
using LoopLynx.Sim;

namespace LoopLynx.Card.Tests.Host;

/// <summary>The host's C interface, from the library that a test has built of it, and the unit that it has opened.</summary>
internal sealed class HostLibrary(string path) : IDisposable
{
    private readonly CardLibrary _library = new(path);
    private CardUnit? _unit;

    public delegate void Install(nint[] calls);

    /// <summary>One line about the last call that failed.</summary>
    public string Error => _unit!.Error;

    /// <summary>Puts a kernel below.</summary>
    public void Below(SimulatedCard card) => _library.Call<Install>("shim_install")(card.Calls);

    /// <summary>Opens a unit; empty, or why it failed.</summary>
    public string Open(string map, int device = 0, string unit = "node0")
    {
        try
        {
            _unit = _library.Open("any.xclbin", map, device, unit);
            return "";
        }
        catch (SimulationException e)
        {
            return e.Message;
        }
    }

    /// <summary>Fills a channel; empty, or why it failed.</summary>
    public string Load(int channel, byte[] data)
    {
        try
        {
            _unit!.Load(channel, data);
            return "";
        }
        catch (SimulationException e)
        {
            return e.Message;
        }
    }

    /// <summary>Runs a token.</summary>
    public (int Code, CardStatus Status) Run(int position, int[] embedding, int[] hidden, uint milliseconds = 0) =>
        (_unit!.Run(0, position, embedding, hidden, out var status, milliseconds), status);

    /// <summary>Runs the self-test. Returns its code and the report by the words' names.</summary>
    public (int Code, Dictionary<string, uint> Report) SelfTest(int bursts)
    {
        var code = _unit!.SelfTest(0, bursts, out _);
        return (code, KernelReportWords.Of(Small.Configuration).Select(w => w.Name).Zip(_unit.Report).ToDictionary(p => p.First, p => p.Second));
    }

    public void Dispose()
    {
        _unit?.Dispose();
        _library.Dispose();
    }
}
