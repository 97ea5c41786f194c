using LoopLynx.Hdl.Coverage;

namespace LoopLynx.Sim.Coverage;

/// <summary>One point of a class in a report: hit when any parameterisation of the class, in any instance and run, has hit it.</summary>
/// <param name="Class">The C# class.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Name">Which one; empty for a line.</param>
/// <param name="File">C# file; empty if unknown.</param>
/// <param name="Line">1-based.</param>
/// <param name="Ordinal">Number among the points of the same kind, name and line.</param>
/// <param name="Bit">Bit of a toggle, else 0.</param>
/// <param name="Bits">Bits of the signal, else 1.</param>
public sealed record CoveragePoint(string Class, CoverageKind Kind, string Name, string File, int Line, int Ordinal, int Bit, int Bits)
{
    /// <summary>Whether a test has hit it.</summary>
    public bool IsHit { get; init; }

    /// <summary>Why it needs no test; null for most.</summary>
    public string? Waived { get; init; }

    /// <summary>Whether it is a gap: neither hit nor waived.</summary>
    public bool IsMissed => !IsHit && Waived is null;

    /// <summary><c>Mac.cs(42)</c></summary>
    public string Place => File.Length == 0 ? "unknown" : $"{File[(File.LastIndexOf('/') + 1)..]}({Line})";

    /// <summary>The point as the summary and waivers name it, and the shorter names that a waiver may use.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            if (Kind is CoverageKind.Line or CoverageKind.Arm)
            {
                return [$"{Place} {Name}".TrimEnd()];
            }

            if (Kind != CoverageKind.Toggle)
            {
                return [Name];
            }

            var (signal, direction) = (Name[..Name.LastIndexOf(' ')], Name[Name.LastIndexOf(' ')..]);
            return Bits == 1 ? [Name, signal] : [$"{signal}[{Bit}]{direction}", $"{signal}[{Bit}]", Name, signal];
        }
    }
}
