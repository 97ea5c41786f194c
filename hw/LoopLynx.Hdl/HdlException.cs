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

    /// <summary>Creates an error at the line of the nearest caller outside this library.</summary>
    public HdlException(string code, string message) : this(code, message, SourceLocation.OfUser())
    {
    }

    /// <summary>Creates an error from a ready-made text.</summary>
    protected HdlException(string text, string code, bool _) : base(text) => (Code, Detail) = (code, text);

    private HdlException(string code, string message, SourceLocation location)
        : base($"{(location.IsKnown ? $"{location.WithColumn()}: " : "")}error {code}: {message}") => (Code, Detail, Location) = (code, message, location);
}
