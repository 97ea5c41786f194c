namespace LoopLynx.Repository.Tests.Size;

/// <summary>The size of a thought: the most that a member may have.</summary>
internal static class Limits
{
    /// <summary>Most characters of a line.</summary>
    public const int LineCharacters = 160;

    /// <summary>The largest value of a measure.</summary>
    public static int Of(Measure measure) => measure switch
    {
        Measure.Lines => 60,
        Measure.Statements => 40,
        Measure.Parameters => 7,
        _ => 0,
    };
}
