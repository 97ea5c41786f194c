namespace LoopLynx.Synthesis.Timing;

/// <summary>One path of the report.</summary>
/// <param name="From">Register, memory or input that it begins at, seen from the top.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Ns">Its delay, setup time included.</param>
/// <param name="SlackNs">What is left of the period, less than 0 where it fails.</param>
/// <param name="Levels">Look-up tables on it.</param>
/// <param name="Fanout">Loads of its widest net.</param>
/// <param name="Module">The module that it ends in.</param>
/// <param name="Source">C# file and line of its end.</param>
/// <param name="FromSource">C# file and line of its start.</param>
/// <param name="Cells">The cells on it, by kind.</param>
public sealed record TimingPath(
    string From, string To, double Ns, double SlackNs, int Levels, int Fanout, string Module, string Source, string FromSource, string Cells);
