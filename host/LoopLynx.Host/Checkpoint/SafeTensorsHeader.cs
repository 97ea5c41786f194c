using System.Text.Json;

namespace LoopLynx.Host;

/// <summary>Parses the JSON header of a safetensors file and checks that every tensor lies inside the data, alone.</summary>
internal static class SafeTensorsHeader
{
    /// <summary>Parses <paramref name="json"/>; <paramref name="dataBytes"/> is the number of bytes after the header.</summary>
    public static Dictionary<string, TensorInfo> Parse(ReadOnlyMemory<byte> json, string path, long dataBytes)
    {
        var tensors = new Dictionary<string, TensorInfo>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonProperty entry in document.RootElement.EnumerateObject())
            {
                if (entry.NameEquals("__metadata__"))
                    continue;
                TensorInfo tensor = ParseEntry(entry, path);
                CheckRange(tensor, path, dataBytes);
                if (!tensors.TryAdd(tensor.Name, tensor))
                    throw Damaged(path, tensor.Name, "appears twice in the header");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new HostException($"{path}: the header is not a valid JSON object; the file is damaged: download it again", e);
        }
        CheckOverlap(tensors.Values, path);
        return tensors;
    }

    private static TensorInfo ParseEntry(JsonProperty entry, string path)
    {
        try
        {
            JsonElement offsets = entry.Value.GetProperty("data_offsets");
            if (offsets.GetArrayLength() != 2)
                throw new FormatException();
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            if (shape.Any(size => size < 0))
                throw new FormatException();
            return new TensorInfo(entry.Name, entry.Value.GetProperty("dtype").GetString()!, shape, offsets[0].GetInt64(), offsets[1].GetInt64());
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(path, entry.Name, "needs dtype, shape and two data_offsets in the header");
        }
    }

    private static void CheckRange(TensorInfo tensor, string path, long dataBytes)
    {
        if (tensor.Begin < 0 || tensor.End < tensor.Begin)
            throw Damaged(path, tensor.Name, $"has the data offsets [{tensor.Begin}, {tensor.End}], which are no range");
        if (tensor.End > dataBytes)
            throw new HostException(
                $"{path}: tensor \"{tensor.Name}\" ends at data byte {tensor.End} but the file holds only {dataBytes}; the file is truncated: download it "
                    + "again");
        if (ElementBytes(tensor.Type) is not { } size)
            throw Damaged(path, tensor.Name, $"has the unknown type {tensor.Type}");
        long span = tensor.End - tensor.Begin;
        if (!TryBytes(tensor, size, out long needed) || needed != span)
            throw Damaged(path, tensor.Name, $"has the shape {tensor.ShapeText} of {tensor.Type}, which does not fill its {span} bytes");
    }

    private static bool TryBytes(TensorInfo tensor, int size, out long bytes)
    {
        try
        {
            bytes = checked(tensor.Elements * size);
            return true;
        }
        catch (OverflowException)
        {
            bytes = 0;
            return false;
        }
    }

    private static void CheckOverlap(IEnumerable<TensorInfo> tensors, string path)
    {
        TensorInfo? previous = null;
        foreach (TensorInfo tensor in tensors.Where(t => t.End > t.Begin).OrderBy(t => t.Begin).ThenBy(t => t.Name, StringComparer.Ordinal))
        {
            if (previous is not null && tensor.Begin < previous.End)
                throw Damaged(path, tensor.Name, $"overlaps tensor \"{previous.Name}\"");
            previous = tensor;
        }
    }

    private static int? ElementBytes(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => null,
    };

    private static HostException Damaged(string path, string tensor, string what) =>
        new($"{path}: tensor \"{tensor}\" {what}; the file is damaged: export or download it again");
}
