namespace LoopLynx.Contract;

/// <summary>
/// What the models of one family have in common: which operations a block consists of, in their order. Everything that walks through a block, on the host and
/// in the hardware, takes its steps from here. A family is a value: two objects of one class with the same fields are the same family.
/// </summary>
public abstract record Family
{
    /// <summary>Name, as a checkpoint's configuration states it.</summary>
    public abstract string Name { get; }

    /// <summary>The steps of one block of a model, without those that a machine adds to move data.</summary>
    public abstract IReadOnlyList<Step> Block(ModelDescription model);
}
