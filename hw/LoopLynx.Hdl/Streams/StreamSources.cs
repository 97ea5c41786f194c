using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>Streams from plain signals.</summary>
public static class StreamSources
{
    /// <summary>
    /// A stream whose producer is described with signals: <paramref name="valid"/> and the data must stay until <paramref name="ready"/>, a wire that the
    /// consumer drives.
    /// </summary>
    /// <param name="valid">A beat is offered.</param>
    /// <param name="data">The beat.</param>
    /// <param name="ready">The consumer takes it.</param>
    /// <param name="name">For reports of streams that hang.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Stream<T> Of<T>(Signal valid, T data, Signal ready, string name = "source",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var stream = new Stream<T>(valid, ready, data);
        Builder.Current.NoteStream(LocalNames.Or(name, "source", file, line), valid, ready, stream.Fields);
        return stream;
    }
}
