namespace LoopLynx.Cli.Output;

/// <summary>What a command found out. <see cref="ReportWriter"/> writes it, as text for a person or as one JSON object.</summary>
public abstract record Report
{
    /// <summary>The fields of the JSON object; their names are a contract.</summary>
    public abstract object Json { get; }

    /// <summary>What a user should know of a run that went well, a line each. A person reads them on standard error; JSON has them in its object.</summary>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>Two things that must be equal and aren't, or something that must be met and isn't: one line; null: all is well.</summary>
    public virtual string? Difference => null;

    /// <summary>Whether the command was cancelled, and this is what it had found until then.</summary>
    public virtual bool IsCut => false;

    /// <summary>Writes it for a person.</summary>
    public abstract void WriteText(TextWriter output);
}
