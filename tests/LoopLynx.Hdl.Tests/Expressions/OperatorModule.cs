namespace LoopLynx.Hdl.Tests.Expressions;

/// <summary>Every case as a combinational block of its own.</summary>
internal sealed class OperatorModule(IReadOnlyList<OperatorCase> cases) : Module
{
    public readonly Signal[] Inputs = [.. cases.SelectMany((c, i) => c.Inputs.Select((type, k) => Input(type, InputName(i, k))))];
    public readonly Signal[] Results = [.. cases.Select((c, i) => Output(c.Result, ResultName(i)))];

    /// <summary>The types that the expressions had.</summary>
    public List<HdlType> Types { get; } = [];

    public static string InputName(int index, int operand) => $"x{index}_{operand}";

    public static string ResultName(int index) => $"y{index}";

    protected override void Build()
    {
        var next = 0;
        for (var i = 0; i < cases.Count; i++)
        {
            var value = cases[i].Build(Inputs[next..(next + cases[i].Inputs.Length)]);
            next += cases[i].Inputs.Length;
            Types.Add(value.Type);
            Results[i].Drive(value);
        }
    }
}
