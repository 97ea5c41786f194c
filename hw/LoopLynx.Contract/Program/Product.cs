namespace LoopLynx.Contract;

/// <summary>A matrix times a vector, with a bias and a multiplier for each row.</summary>
/// <param name="Matrix">Name of the matrix.</param>
/// <param name="Rows">Rows, over all nodes.</param>
/// <param name="Columns">Columns.</param>
public sealed record Product(string Matrix, int Rows, int Columns) : Operation
{
    /// <summary>Whether rows are in the order of the heads (<see cref="HeadRows"/>).</summary>
    public bool ByHead { get; init; }

    /// <summary>Rows that make one result: 1, or 2 for a gate and what it is multiplied with.</summary>
    public int RowsPerResult { get; init; } = 1;

    /// <inheritdoc/>
    public override string Text => $"product {Matrix} {Rows} x {Columns}{(ByHead ? " by head" : "")}";

    /// <inheritdoc/>
    public override int Outputs(ModelDescription model) => Rows / RowsPerResult;

    /// <inheritdoc/>
    public override int Inputs(ModelDescription model) => Columns;
}
