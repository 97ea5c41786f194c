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
    private const int HeaderBlock = 0, GeometryBlock = 3, HierarchyBlock = 4;
    private const int ScopeBegin = 254, ScopeEnd = 255, ModuleScope = 0, Wire = 16;
    private const int Nanoseconds = -9, Picoseconds = -12;
    private const int BlockBytes = 16 << 20;

    private readonly FstBlock _block;
    private int _scopes;

    /// <summary>Creates a file and writes its header.</summary>
    public FstWriter(IStateEngine engine, string path, WaveOptions? options = null)
        : this(engine, new WaveStore(path, options?.SizeLimit ?? 0), options)
    {
    }

    /// <summary>Writes the header; the writer owns <paramref name="output"/>, which can seek, from now on.</summary>
    public FstWriter(IStateEngine engine, Stream output, WaveOptions? options = null)
        : this(engine, new WaveStore(output), options)
    {
    }

    private FstWriter(IStateEngine engine, WaveStore store, WaveOptions? options)
        : base(engine, store, options)
    {
        _block = new FstBlock([.. Top.All]);
        var hierarchy = new FstBuffer();
        Declare(hierarchy, Top);
        store.Head([.. Header(), .. Geometry(), .. Hierarchy(hierarchy)]);
    }

    /// <summary>Bytes of changes that fill a block.</summary>
    public int BlockSize { get; init; } = BlockBytes;

    private protected override void BeginCycle()
    {
        if (_block.Size >= BlockSize || IsFull(_block.Size))
        {
            Flush();
        }
    }

    private protected override void Time(long time) => _block.Time(time);

    private protected override void Change(WaveVariable variable, ReadOnlySpan<ulong> value) => _block.Change(variable, value);

    private protected override void Flush()
    {
        if (_block.Times == 0)
        {
            return;
        }

        var (begin, end) = (_block.Begin, _block.End);
        Add(_block.Take(), begin, end);
        Store!.Head(Header());
    }

    private byte[] Header()
    {
        const int version = 128, date = 119;
        var pieces = Store!.Pieces;
        var body = new FstBuffer();
        body.UInt64(pieces.Count == 0 ? 0 : pieces[0].Begin);
        body.UInt64(pieces.Count == 0 ? 0 : pieces[^1].End);

        // Readers tell the byte order of real numbers by Euler's number.
        var euler = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(euler, Math.E);
        body.Raw(euler);
        body.UInt64(0);
        body.UInt64(_scopes);
        body.UInt64(Variables.Count);
        body.UInt64(Variables.Count);
        body.UInt64(pieces.Count);
        body.Byte(TrueTimes ? Picoseconds : Nanoseconds);
        body.Field("LoopLynx.Sim", version);

        // No date: equal runs give equal files. Behind it the kind of language, Verilog, and the time that is called zero.
        body.Field("", date);
        body.Byte(0);
        body.UInt64(0);
        return Block(HeaderBlock, body);
    }

    private byte[] Geometry()
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
        return Block(GeometryBlock, body);
    }

    private static byte[] Hierarchy(FstBuffer hierarchy)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(hierarchy.Bytes);
        }

        var body = new FstBuffer();
        body.UInt64(hierarchy.Length);
        body.Raw(packed.GetBuffer().AsSpan(0, (int)packed.Length));
        return Block(HierarchyBlock, body);
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

    private static byte[] Block(int type, FstBuffer body)
    {
        var head = new FstBuffer();
        head.Byte(type);
        head.UInt64(body.Length + sizeof(long));
        return [.. head.Bytes, .. body.Bytes];
    }
}
