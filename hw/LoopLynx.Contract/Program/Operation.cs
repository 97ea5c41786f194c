namespace LoopLynx.Contract;

/// <summary>
/// What a step does. The class of an operation is its kind: tables bind each kind to a kernel with its latency, and to the golden model's function.
/// Whoever adds a kind derives from this record and states the constants that a step of it reads.
/// </summary>
public abstract record Operation
{
    /// <summary>The operation in the program's text.</summary>
    public abstract string Text { get; }

    /// <summary>Sections that have to be in the kernels before a layer's first step of this kind begins; they are read at the head of the layer.</summary>
    /// <param name="step">The step.</param>
    /// <param name="model">The model.</param>
    /// <param name="machine">The machine.</param>
    public virtual IReadOnlyList<Section> Constants(Step step, ModelDescription model, MachineShape machine) => [];

    /// <summary>Values that the step gives, over all nodes.</summary>
    public virtual int Outputs(ModelDescription model) => model.Embed;

    /// <summary>Values of its source that the step takes.</summary>
    public virtual int Inputs(ModelDescription model) => model.Embed;
}
