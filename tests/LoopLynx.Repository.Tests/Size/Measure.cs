namespace LoopLynx.Repository.Tests.Size;

/// <summary>What is counted of a member. A limit is the largest value that needs no exception.</summary>
internal enum Measure
{
    /// <summary>Lines from the declaration to its end; a raw string literal is one line, however many it has.</summary>
    Lines,

    /// <summary>Statements, blocks apart; those of local functions and lambdas are the member's, too.</summary>
    Statements,

    /// <summary>Parameters of the member, or of the local function or lambda in it that has the most.</summary>
    Parameters,

    /// <summary>Statements that share their first line with an earlier statement.</summary>
    Crowded,

    /// <summary>Characters past column 160, those of all lines together, so that an exception can't grow unseen.</summary>
    Columns,

    /// <summary>Fields and automatic properties of a module that hold signals and aren't ports.</summary>
    Fields,
}
