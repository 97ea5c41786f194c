using LoopLynx.Accelerator;
using LoopLynx.Contract;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Runtime;
using LoopLynx.Sim;

namespace LoopLynx.Cli.Waves;

/// <summary>Follows a machine by its ports and tells in which cycles a wave is written.</summary>
/// <param name="program">What the machine does with a token.</param>
/// <param name="from">Where it begins; null: at the first cycle.</param>
/// <param name="to">What it ends with, which is still shown; null: the run.</param>
/// <param name="firstToken">Position of the run's first token.</param>
public sealed class WaveWindow(LayerProgram program, WavePoint? from, WavePoint? to, int firstToken)
{
    private PortInfo? _stagePort;
    private string _stage = StageCycles.Idle;
    private int _token = firstToken - 1;
    private int _layer = -1;
    private long _seen = -1;
    private bool _inside;
    private bool _atEnd;

    /// <summary>Whether the window has been left: nothing more is shown.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether it has been entered.</summary>
    public bool WasEntered { get; private set; }

    /// <summary>Whether the engine's present cycle, which has settled, is shown. Call it once for each cycle.</summary>
    public bool Shows(IEngine engine)
    {
        if (IsOver)
        {
            return false;
        }

        Follow(engine);
        _inside |= from is null || from.Is(engine.Cycle, _token, _stage, _layer);
        WasEntered |= _inside;
        if (!_inside)
        {
            return false;
        }

        // A cycle is the last one; a stage or a token is shown to its end.
        var isEnd = to?.Is(engine.Cycle, _token, _stage, _layer) ?? false;
        IsOver = _atEnd && !isEnd;
        _atEnd |= isEnd;
        return !IsOver;
    }

    private void Follow(IEngine engine)
    {
        if (engine.Cycle == _seen)
        {
            return;
        }

        _seen = engine.Cycle;
        _stagePort ??= engine.Design.Top.Ports.First(port => port.Name == nameof(LoopLynxNode.CurrentStage));
        var stage = NameOf(engine.Output(_stagePort)[0]);
        if (stage == _stage)
        {
            return;
        }

        if (_stage == StageCycles.Idle || stage == program.Steps[0].Name)
        {
            _token++;
            _layer = -1;
        }

        _layer += stage == program.EachLayer[0].Name ? 1 : 0;
        _stage = stage;
    }

    private string NameOf(int code) => program.Steps.FirstOrDefault(s => s.Code == code)?.Name ?? StageCycles.Idle;
}
