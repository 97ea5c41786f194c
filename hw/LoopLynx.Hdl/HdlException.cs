namespace LoopLynx.Hdl;

/// <summary>A mistake in a hardware description. <see cref="Exception.Message"/> starts with the C# location where it is known.</summary>
public class HdlException : Exception
{
    /// <summary>Catalogue code, for example <c>HDL0102</c>.</summary>
    public string Code { get; }

    /// <summary>Creates an error without a location.</summary>
    public HdlException(string code, string message) : base($"error {code}: {message}") => Code = code;

    /// <summary>Creates an error from a ready-made text.</summary>
    protected HdlException(string text, string code, bool _) : base(text) => Code = code;
}
