using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>latency</c>. The model's context is the range of the position.</summary>
public sealed class LatencyOptions : OptionSet<LatencyRequest>
{
    private readonly DeclaredOption<string> _shape = ShapeOption.Create("gpt2-345m");
    private readonly DeclaredOption<int?> _position = Declare.OptionalInteger(
        "--position", "position of the token, from 0 (default: 639, or the last one of a shorter context)");

    private readonly DeclaredOption<string?> _engine = Declare.Choice("--engine", "compiled, interpreted or verilator", "compiled", EngineFactory.Names);
    private readonly MemoryOption _memory = new();
    private readonly KernelOption _kernel = new();
    private readonly DeclaredOption<bool> _fifos = Declare.Flag("--fifos", "also the highest fill of every FIFO");
    private readonly DeclaredOption<bool> _eachOff = Declare.Flag("--each-off", "the same token with each optimisation off in turn");
    private readonly MachineOptions _machine = new();
    private readonly WaveOption _wave = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        Option[] own = [_shape.Option, _position.Option, _engine.Option, _memory.Option, _kernel.Option, _fifos.Option, _eachOff.Option, Json.Option];
        Array.ForEach(own, command.Add);
        _machine.AddTo(command);
        _wave.AddTo(command);
    }

    /// <inheritdoc/>
    public override LatencyRequest Bind(ParseResult parsed) => new()
    {
        Memory = _memory.Bind(parsed, _machine.Bind(parsed)),
        Engine = _engine.Of(parsed)!,
        Shape = _shape.Of(parsed),
        Position = _position.Of(parsed),
        Machine = _machine.Bind(parsed),
        Wave = _wave.Bind(parsed),
        AsKernels = _kernel.Of(parsed),
        Fifos = _fifos.Of(parsed),
        EachOff = _eachOff.Of(parsed),
    };
}
