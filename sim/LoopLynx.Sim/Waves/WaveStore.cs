namespace LoopLynx.Sim.Waves;

/// <summary>Some cycles in a wave file, which can be read without those before them.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="FirstCycle">First cycle.</param>
/// <param name="LastCycle">Last cycle.</param>
/// <param name="Begin">First time, in the file's unit.</param>
/// <param name="End">Last time.</param>
internal sealed record WavePiece(long Offset, int Length, long FirstCycle, long LastCycle, long Begin, long End);

/// <summary>
/// A wave file while it is written: a head, then pieces. It has <see cref="PartialExtension"/> behind its name until it is closed, so that what a killed
/// process leaves isn't taken for a whole file; the next one with that name writes over it. With a limit the oldest pieces go when it is reached: the
/// newest stay. Where the disk is full the file ends with the last piece that fitted.
/// </summary>
internal sealed class WaveStore : IDisposable
{
    /// <summary>What an unfinished file's name ends in.</summary>
    public const string PartialExtension = ".partial";

    private const int CopyBytes = 1 << 20;

    private readonly Stream _output;
    private readonly string? _path;
    private readonly long _limit;
    private readonly List<WavePiece> _pieces = [];
    private long _head;
    private bool _closed;

    /// <summary>Creates a file.</summary>
    /// <param name="path">Its name when it is closed.</param>
    /// <param name="limit">Most bytes; 0: any number.</param>
    public WaveStore(string path, long limit)
        : this(new FileStream(path + PartialExtension, FileMode.Create))
    {
        (_path, _limit) = (path, limit);
    }

    /// <summary>Writes to a stream that can seek, and owns it.</summary>
    public WaveStore(Stream output) => _output = output;

    /// <summary>The pieces that the file holds.</summary>
    public IReadOnlyList<WavePiece> Pieces => _pieces;

    /// <summary>Whether pieces were dropped to keep the limit.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>Whether a piece couldn't be written: no more are taken.</summary>
    public bool HasFailed { get; private set; }

    private long End => _pieces.Count == 0 ? _head : _pieces[^1].Offset + _pieces[^1].Length;

    /// <summary>Writes the head, or as many of its first bytes again.</summary>
    /// <exception cref="IOException">It can't be written; nothing is left.</exception>
    public void Head(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _output.Seek(0, SeekOrigin.Begin);
            _output.Write(bytes);
            _output.Flush();
        }
        catch (IOException) when (_pieces.Count == 0)
        {
            // There is no file without its head.
            HasFailed = true;
            Dispose();
            throw;
        }

        _head = Math.Max(_head, bytes.Length);
        _output.Seek(0, SeekOrigin.End);
    }

    /// <summary>Adds a piece.</summary>
    /// <exception cref="IOException">It can't be written; the file ends before it.</exception>
    public void Add(ReadOnlySpan<byte> bytes, long firstCycle, long lastCycle, long begin = 0, long end = 0)
    {
        if (_limit > 0 && End + bytes.Length > _limit)
        {
            DropOldest(Math.Max(0, (_limit / 2) - bytes.Length));
        }

        var offset = End;
        try
        {
            _output.Seek(offset, SeekOrigin.Begin);
            _output.Write(bytes);
            _output.Flush();
        }
        catch
        {
            HasFailed = true;
            _output.SetLength(offset);
            throw;
        }

        _pieces.Add(new WavePiece(offset, bytes.Length, firstCycle, lastCycle, begin, end));
    }

    /// <summary>Closes the file and gives it its name; one that failed before it held anything is removed.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        try
        {
            _output.Dispose();
        }
        catch (IOException) when (HasFailed)
        {
            // What a full disk couldn't take is tried again on closing.
        }

        if (_path is null)
        {
            return;
        }

        if (HasFailed && _pieces.Count == 0)
        {
            File.Delete(_path + PartialExtension);
        }
        else
        {
            File.Move(_path + PartialExtension, _path, overwrite: true);
        }
    }

    // Keeps at most so many bytes of the newest pieces, moved to the front; the disk needs no more room for it.
    private void DropOldest(long keep)
    {
        var kept = _pieces.Count;
        for (var bytes = 0L; kept > 0 && bytes + _pieces[kept - 1].Length <= keep; kept--)
        {
            bytes += _pieces[kept - 1].Length;
        }

        if (kept == 0)
        {
            return;
        }

        HasDropped = true;
        var (to, from) = (_head, kept == _pieces.Count ? End : _pieces[kept].Offset);
        var (shift, end, buffer) = (from - to, End, new byte[CopyBytes]);
        while (from < end)
        {
            _output.Seek(from, SeekOrigin.Begin);
            var read = _output.ReadAtLeast(buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - from)), 1);
            _output.Seek(to, SeekOrigin.Begin);
            _output.Write(buffer.AsSpan(0, read));
            from += read;
            to += read;
        }

        _output.SetLength(to);
        _pieces.RemoveRange(0, kept);
        for (var i = 0; i < _pieces.Count; i++)
        {
            _pieces[i] = _pieces[i] with { Offset = _pieces[i].Offset - shift };
        }
    }
}
