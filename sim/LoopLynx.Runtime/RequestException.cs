namespace LoopLynx.Runtime;

/// <summary>Something was asked for that can't be done. The message is one line that says what to change; it names parameters as whoever asked knows them.</summary>
public sealed class RequestException : Exception
{
    private readonly Func<Func<string, string>, string> _text;

    /// <summary>A message that names no parameter.</summary>
    public RequestException(string message)
        : this(_ => message)
    {
    }

    /// <summary>A message that names parameters.</summary>
    /// <param name="text">Makes the message from a function that turns a parameter's own name (<c>tokens</c>) into the caller's (<c>--tokens</c>).</param>
    public RequestException(Func<Func<string, string>, string> text)
        : base(text(name => name)) => _text = text;

    /// <summary>The message with the caller's names of the parameters.</summary>
    public string Told(Func<string, string> name) => _text(name);
}
