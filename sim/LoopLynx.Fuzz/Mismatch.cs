namespace LoopLynx.Fuzz;

/// <summary>A value that two engines disagree about.</summary>
/// <param name="Engine">The engine that differs from the interpreted one, with its options: <c>compiled, no lanes</c>.</param>
/// <param name="Cycle">Clock edges before the comparison.</param>
/// <param name="Signal">Port, register or memory; or what the engine did instead of running.</param>
/// <param name="Expected">Value of the interpreted engine, in hexadecimal digits.</param>
/// <param name="Actual">Value of the other one.</param>
public sealed record Mismatch(string Engine, int Cycle, string Signal, string Expected, string Actual)
{
    private const string Itself = "the engine itself";

    /// <summary>Whether the engine doesn't run at all.</summary>
    public bool IsFailure => Signal == Itself;

    /// <summary>An engine that doesn't run at all.</summary>
    public static Mismatch Failed(string engine, Exception reason) => new(engine, 0, Itself, "runs", reason.Message.ReplaceLineEndings(" "));

    /// <inheritdoc/>
    public override string ToString() => $"{Engine}: cycle {Cycle}, {Signal}: {Actual} instead of {Expected}";
}
