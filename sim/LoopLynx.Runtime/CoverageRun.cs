using LoopLynx.Accelerator;
using LoopLynx.Contract;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Host;
using LoopLynx.Sim.Coverage;

namespace LoopLynx.Runtime;

/// <summary>
/// The first tokens of a text on a covered machine, with synthetic weights, beside the golden model: what it can't tell from a broken machine covers nothing.
/// </summary>
/// <param name="shape">Shape of the model.</param>
/// <param name="tokens">Positions to run, from 0.</param>
/// <param name="cancel">Ends the making of the weights.</param>
public sealed class CoverageRun(ModelDescription shape, int tokens, CancellationToken cancel = default)
{
    private readonly QuantizedModel _model = SyntheticModel.Create(shape, cancel: cancel);

    /// <summary>Runs the tokens on one machine and tells what they hit.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="engine">Compiled or interpreted.</param>
    /// <param name="timing">When the memory answers.</param>
    /// <param name="options">What is watched.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    /// <exception cref="DifferenceException">A hidden state isn't the golden model's.</exception>
    public CoverageDatabase On(NodeConfiguration configuration, string engine, ChannelTiming timing, CoverageOptions options, CancellationToken cancel)
    {
        var coverage = CoverageDesign.Of(Machine.ElaborateChecked(configuration), options with { LeftOut = [nameof(SimulationTop)] });
        var covered = new CoverageEngine(EngineFactory.Create(engine, coverage.Design, cancel), coverage);
        var memory = Machine.BuildMemory(_model, Machine.Map(configuration), cancel);
        using var session = new NodeSession(covered, configuration, memory, timing);
        var golden = new GoldenModel(_model);
        var hidden = new int[shape.Embed];
        for (var position = 0; position < tokens; position++)
        {
            var embedding = _model.Embed(position % shape.Vocabulary.Logical, position);
            session.RunToken(embedding, position, hidden, cancel);
            if (!golden.Step(embedding, position).SequenceEqual(hidden))
            {
                throw new DifferenceException($"the hidden state at position {position} differs from the golden model: its coverage means nothing");
            }
        }

        return covered.Collect();
    }
}
