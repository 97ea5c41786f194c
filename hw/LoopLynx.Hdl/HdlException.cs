namespace LoopLynx.Hdl;

/// <summary>A mistake in a hardware description. <see cref="Exception.Message"/> starts with the C# location where it is known.</summary>
public class HdlException : Exception
{
    /// <summary>Catalogue code, for example <c>HDL0102</c>.</summary>
    public string Code { get; }

    /// <summary>The C# line that asked for it.</summary>
    public SourceLocation Location { get; }

    /// <summary>What is wrong, without code and location.</summary>
    internal string Detail { get; }

    /// <summary>What to do.</summary>
    internal string? Help { get; }

    /// <summary>Creates an error at the line of the nearest caller outside this library.</summary>
    /// <param name="code">Catalogue code.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="help">What to do.</param>
    public HdlException(string code, string message, string help) : this(code, message, help, SourceLocation.OfUser())
    {
    }

    /// <summary>Creates an error from a ready-made text.</summary>
    protected HdlException(string text, string code, bool _) : base(text) => (Code, Detail) = (code, text);

    private HdlException(string code, string message, string help, SourceLocation location)
        : base($"{(location.IsKnown ? $"{location.WithColumn()}: " : "")}error {code}: {message}\n  help: {help}") => (Code, Detail, Help, Location) = (code, message, help, location);
}
