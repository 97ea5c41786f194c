using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LoopLynx.Host;

/// <summary>
/// A safetensors file: u64 header length, JSON header, data. The header is read and checked on opening; tensors are read from the
/// disk one by one, so a checkpoint of gigabytes costs no more memory than the tensors that are asked for.
/// </summary>
public sealed class SafeTensorsFile : IDisposable
{
    /// <summary>Bytes that are read at once: milliseconds.</summary>
    private const int BlockBytes = 1 << 24;

    private readonly SafeFileHandle handle;
    private readonly long dataStart;

    /// <summary>Opens <paramref name="path"/> and checks its header.</summary>
    /// <exception cref="HostException">The file is missing, truncated or damaged.</exception>
    public SafeTensorsFile(string path)
    {
        Path = path;
        handle = Open(path);
        try
        {
            long length = RandomAccess.GetLength(handle);
            if (length < 8)
                throw new HostException($"{path}: has only {length} bytes, too few for a safetensors file; download it again");
            var prefix = new byte[8];
            ReadExactly(prefix, 0);
            ulong header = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (header > (ulong)length - 8 || header > (ulong)Array.MaxLength)
                throw new HostException(
                    $"{path}: the header claims {header} bytes but the file has {length}; it is truncated or not a safetensors file: download it again");
            var json = new byte[header];
            ReadExactly(json, 8);
            dataStart = 8 + (long)header;
            Tensors = SafeTensorsHeader.Parse(json, path, length - dataStart);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>The header's entries by name.</summary>
    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    /// <summary>Reads a tensor of F32, F16 or BF16 elements, in row-major order.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="cancel">Ends the reading between blocks.</param>
    /// <exception cref="HostException">The tensor is missing, of another type, or holds an infinity or a NaN.</exception>
    public float[] Read(string name, CancellationToken cancel = default)
    {
        if (!Tensors.TryGetValue(name, out TensorInfo? tensor))
            throw new HostException($"{Path}: tensor \"{name}\" is missing; the file is not a complete GPT-2 checkpoint: export it again");
        if (tensor.Elements > Array.MaxLength)
            throw new HostException($"{Path}: tensor \"{name}\" has {tensor.Elements} elements, more than can be loaded; use a smaller model");
        var values = new float[tensor.Elements];
        switch (tensor.Type)
        {
            case "F32":
                ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()), dataStart + tensor.Begin, cancel);
                break;
            case "F16":
                ReadHalves(tensor, values, bits => (float)BitConverter.UInt16BitsToHalf(bits), cancel);
                break;
            case "BF16":
                ReadHalves(tensor, values, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16), cancel);
                break;
            default:
                throw new HostException($"{Path}: tensor \"{name}\" has the type {tensor.Type}; export the checkpoint as F32, F16 or BF16");
        }
        CheckFinite(name, values);
        return values;
    }

    private void ReadHalves(TensorInfo tensor, float[] values, Func<ushort, float> decode, CancellationToken cancel)
    {
        var block = new ushort[Math.Min(values.Length, 1 << 16)];
        for (int done = 0; done < values.Length; done += block.Length)
        {
            Span<ushort> part = block.AsSpan(0, Math.Min(block.Length, values.Length - done));
            ReadExactly(MemoryMarshal.AsBytes(part), dataStart + tensor.Begin + 2L * done, cancel);
            for (int i = 0; i < part.Length; i++)
                values[done + i] = decode(part[i]);
        }
    }

    private void CheckFinite(string name, float[] values)
    {
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new HostException(
                    $"{Path}: tensor \"{name}\" holds {(float.IsNaN(values[i]) ? "a NaN" : "an infinity")} at element {i}; the checkpoint is damaged: export "
                        + "it again");
    }

    private void ReadExactly(Span<byte> target, long offset, CancellationToken cancel = default)
    {
        while (target.Length > 0)
        {
            cancel.ThrowIfCancellationRequested();
            int read = RandomAccess.Read(handle, target[..Math.Min(target.Length, BlockBytes)], offset);
            if (read == 0)
                throw new HostException($"{Path}: ended while it was being read; download it again");
            target = target[read..];
            offset += read;
        }
    }

    private static SafeFileHandle Open(string path)
    {
        InputFile.CheckRegular(path);
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostException($"{path}: the file does not exist; a checkpoint's weights are needed in the safetensors format", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"{path}: the file cannot be read; check its permissions", e);
        }
    }
}
