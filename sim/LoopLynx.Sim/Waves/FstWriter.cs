using System.Buffers.Binary;
using System.IO.Compression;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Waves;

/// <summary>
/// Writes waves in GTKWave's binary format (Fast Signal Trace): small, and quick to open. Changes are gathered in blocks; a block that is full goes to the file, so that a long run doesn't stay in memory,
/// and everything up to the last full block can be read if the run ends in a crash.
/// <code>
/// header | geometry: width of each variable | hierarchy | block of changes | block of changes | ...
/// </code>
/// </summary>
public sealed class FstWriter : WaveWriter
{
    private const int Header = 0, Geometry = 3, Hierarchy = 4;
    private const int ScopeBegin = 254, ScopeEnd = 255, ModuleScope = 0, Wire = 16;
    private const int Nanoseconds = -9, Picoseconds = -12;
    private const int BlockBytes = 16 << 20;

    private readonly Stream _output;
    private readonly FstBlock _block;
    private int _scopes;
    private int _blocks;
    private long _times;
    private long _begin;
    private long _end;

    /// <summary>Creates a file and writes its header.</summary>
    public FstWriter(IStateEngine engine, string path, WaveOptions? options = null)
        : this(engine, new FileStream(path, FileMode.Create), options)
    {
    }

    /// <summary>Writes the header; the writer owns <paramref name="output"/>, which can seek, from now on.</summary>
    public FstWriter(IStateEngine engine, Stream output, WaveOptions? options = null)
        : base(engine, options)
    {
        (_output, _block) = (output, new FstBlock([.. Top.All]));
        var hierarchy = new FstBuffer();
        Declare(hierarchy, Top);
        WriteHeader();
        WriteGeometry();
        WriteHierarchy(hierarchy);
    }

    /// <summary>Bytes of changes that fill a block.</summary>
    public int BlockSize { get; init; } = BlockBytes;

    private protected override void Time(long time)
    {
        if (_block.Size >= BlockSize)
        {
            Flush();
        }

        _begin = _times++ == 0 ? time : _begin;
        _end = time;
        _block.Time(time);
    }

    private protected override void Change(WaveVariable variable, ReadOnlySpan<ulong> value) => _block.Change(variable, value);

    private protected override void Close()
    {
        if (_block.Times > 0)
        {
            Flush();
        }

        _output.Dispose();
    }

    private void Flush()
    {
        _block.Flush(_output);
        _blocks++;
        WriteHeader();
        _output.Seek(0, SeekOrigin.End);
    }

    private void WriteHeader()
    {
        const int version = 128, date = 119;
        var body = new FstBuffer();
        body.UInt64(_begin);
        body.UInt64(_end);

        // Readers tell the byte order of real numbers by Euler's number.
        var euler = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(euler, Math.E);
        body.Raw(euler);
        body.UInt64(0);
        body.UInt64(_scopes);
        body.UInt64(Variables.Count);
        body.UInt64(Variables.Count);
        body.UInt64(_blocks);
        body.Byte(TrueTimes ? Picoseconds : Nanoseconds);
        body.Field("LoopLynx.Sim", version);

        // No date: equal runs give equal files. Behind it the kind of language, Verilog, and the time that is called zero.
        body.Field("", date);
        body.Byte(0);
        body.UInt64(0);
        _output.Seek(0, SeekOrigin.Begin);
        WriteBlock(Header, body);
    }

    private void WriteGeometry()
    {
        var widths = new FstBuffer();
        foreach (var variable in Top.All)
        {
            widths.Varint(variable.Bits);
        }

        var packed = FstBuffer.Compressed(widths.Bytes);
        var body = new FstBuffer();
        body.UInt64(widths.Length);
        body.UInt64(Variables.Count);
        body.Raw(packed ?? widths.Bytes);
        WriteBlock(Geometry, body);
    }

    private void WriteHierarchy(FstBuffer hierarchy)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(hierarchy.Bytes);
        }

        var body = new FstBuffer();
        body.UInt64(hierarchy.Length);
        body.Raw(packed.GetBuffer().AsSpan(0, (int)packed.Length));
        WriteBlock(Hierarchy, body);
    }

    private void Declare(FstBuffer hierarchy, WaveScope scope)
    {
        _scopes++;
        hierarchy.Byte(ScopeBegin);
        hierarchy.Byte(ModuleScope);
        hierarchy.Text(scope.Name);
        hierarchy.Text("");
        foreach (var variable in scope.Variables)
        {
            hierarchy.Byte(Wire);
            hierarchy.Byte(0);
            hierarchy.Text(variable.Label);
            hierarchy.Varint(variable.Bits);
            hierarchy.Varint(0);
        }

        foreach (var child in scope.Children)
        {
            Declare(hierarchy, child);
        }

        hierarchy.Byte(ScopeEnd);
    }

    private void WriteBlock(int type, FstBuffer body)
    {
        var head = new FstBuffer();
        head.Byte(type);
        head.UInt64(body.Length + sizeof(long));
        _output.Write(head.Bytes);
        _output.Write(body.Bytes);
    }
}
