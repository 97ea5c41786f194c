namespace LoopLynx.Hdl.Tests.Streams;

/// <summary>Some cases beside each other: one design, so that a slow engine is built once for all.</summary>
internal sealed class StreamCaseModule(IReadOnlyList<StreamCase> cases) : Module
{
    public readonly StreamIn<Signal>[] Ins = [.. cases.SelectMany(c => c.Inputs.Select((type, i) => In(type, c.In(i))))];
    public readonly StreamOut<Signal>[] Outs = [.. cases.SelectMany(c => c.Outputs.Select((type, i) => Out(type, c.Out(i))))];

    protected override void Build()
    {
        var (nextIn, nextOut) = (0, 0);
        foreach (var c in cases)
        {
            var results = c.Build(Ins[nextIn..(nextIn + c.Inputs.Length)]);
            foreach (var result in results)
            {
                Outs[nextOut++].Drive(result);
            }

            nextIn += c.Inputs.Length;
        }
    }
}
