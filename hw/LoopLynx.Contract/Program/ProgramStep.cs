namespace LoopLynx.Contract;

/// <summary>A step in a program for a machine.</summary>
/// <param name="Step">What is done.</param>
/// <param name="Index">Its place in the program, from 0; also its place in every table of steps.</param>
/// <param name="Code">Its number in the hardware; 0 is the idle machine's.</param>
/// <param name="Reads">Sections that it takes from memory, in order.</param>
/// <param name="Exchanges">Whether its results go round the ring.</param>
/// <param name="Completion">What ends it.</param>
public sealed record ProgramStep(Step Step, int Index, int Code, IReadOnlyList<Section> Reads, bool Exchanges, Completion Completion)
{
    /// <summary>Its name.</summary>
    public string Name => Step.Name;

    /// <summary>What it does.</summary>
    public Operation Operation => Step.Operation;

    /// <summary>What becomes of its values.</summary>
    public Result? Result => Step.Result;

    /// <summary>Whether it is the transport of a kind.</summary>
    public bool Is(TransportKind kind) => Operation is Transport transport && transport.Kind == kind;
}
