using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LoopLynx.Host.Tests;

public class SafeTensorsFileTests
{
    private const string Damaged = "; the file is damaged: export or download it again";

    [Fact]
    public void ReadsTensorsOfEveryFloatType()
    {
        using var directory = new TempDirectory();
        string path = directory.Write("m.safetensors", new SafeTensorsBuilder()
            .F32("a", [2, 3], 1, -2, 3.5f, float.Epsilon, float.MaxValue, 0)
            .Raw("half", "F16", [4], Words(0x3C00, 0xC000, 0x0001, 0x7BFF))
            .Raw("brain", "BF16", [4], Words(0x3F80, 0xC000, 0x0001, 0x7F7F))
            .Raw("scalar", "F32", [], [0, 0, 128, 63])
            .Raw("empty", "F32", [0, 5], [])
            .Raw("mask", "BOOL", [2], [0, 1])
            .Build());

        using var file = new SafeTensorsFile(path);

        Assert.Equal([1, -2, 3.5f, float.Epsilon, float.MaxValue, 0], file.Read("a"));
        Assert.Equal([1, -2, 5.9604645e-8f, 65504], file.Read("half"));
        Assert.Equal([1, -2, 9.18355e-41f, 3.3895314e38f], file.Read("brain"));
        Assert.Equal([1], file.Read("scalar"));
        Assert.Empty(file.Read("empty"));
        Assert.Equal([2L, 3L], file.Tensors["a"].Shape);
        Expect.Error($"{path}: tensor \"mask\" has the type BOOL; export the checkpoint as F32, F16 or BF16", () => file.Read("mask"));
        Expect.Error($"{path}: tensor \"b\" is missing; the file is not a complete GPT-2 checkpoint: export it again", () => file.Read("b"));
    }

    [Fact]
    public void HalvesAreReadInBlocks()
    {
        using var directory = new TempDirectory();
        ushort[] bits = [.. Enumerable.Range(0, 70_000).Select(i => BitConverter.HalfToUInt16Bits((Half)(i % 2048)))];
        using var file = new SafeTensorsFile(directory.Write("m", new SafeTensorsBuilder().Raw("x", "F16", [70_000], Words(bits)).Build()));
        Assert.Equal(Enumerable.Range(0, 70_000).Select(i => (float)(i % 2048)), file.Read("x"));
    }

    [Theory]
    [InlineData("F16", 0x7C00, "an infinity")]
    [InlineData("F16", 0x7E00, "a NaN")]
    [InlineData("BF16", 0xFF80, "an infinity")]
    [InlineData("BF16", 0x7FC0, "a NaN")]
    public void RejectsWhatIsNotFinite(string type, int bits, string what)
    {
        using var directory = new TempDirectory();
        string path = directory.Write("m", new SafeTensorsBuilder().Raw("h.0.w", type, [3], Words(0, 0, (ushort)bits)).Build());
        using var file = new SafeTensorsFile(path);
        Expect.Error($"{path}: tensor \"h.0.w\" holds {what} at element 2; the checkpoint is damaged: export it again", () => file.Read("h.0.w"));
    }

    [Theory]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}", "tensor \"x\" ends at data byte 12 but the file holds only 8; the file is truncated: download it again")]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}", "tensor \"x\" has the data offsets [8, 0], which are no range" + Damaged)]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}", "tensor \"x\" has the data offsets [-8, 0], which are no range" + Damaged)]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}", "tensor \"x\" has the shape [3] of F32, which does not fill its 8 bytes" + Damaged)]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}", "tensor \"x\" has the shape [4294967296, 4294967296] of F32, which does not fill its 0 bytes" + Damaged)]
    [InlineData("\"x\":{\"dtype\":\"Q4\",\"shape\":[2],\"data_offsets\":[0,8]}", "tensor \"x\" has the unknown type Q4" + Damaged)]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[2]}", "tensor \"x\" needs dtype, shape and two data_offsets in the header" + Damaged)]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}", "tensor \"x\" needs dtype, shape and two data_offsets in the header" + Damaged)]
    [InlineData("\"x\":7", "tensor \"x\" needs dtype, shape and two data_offsets in the header" + Damaged)]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}", "tensor \"x\" appears twice in the header" + Damaged)]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}", "tensor \"y\" overlaps tensor \"x\"" + Damaged)]
    [InlineData("\"x\":{", "the header is not a valid JSON object; the file is damaged: download it again")]
    public void RejectsBadHeaders(string entries, string message)
    {
        using var directory = new TempDirectory();
        string path = directory.Write("m.safetensors", SafeTensorsBuilder.Build($"{{{entries}}}", new byte[8]));
        Expect.Error($"{path}: {message}", () => new SafeTensorsFile(path));
    }

    [Fact]
    public void RejectsAHeaderThatIsAnArray()
    {
        using var directory = new TempDirectory();
        string path = directory.Write("m", SafeTensorsBuilder.Build("[]", []));
        Expect.Error($"{path}: the header is not a valid JSON object; the file is damaged: download it again", () => new SafeTensorsFile(path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void RejectsAFileWithoutAHeaderLength(int length)
    {
        using var directory = new TempDirectory();
        string path = directory.Write("m", new byte[length]);
        Expect.Error($"{path}: has only {length} bytes, too few for a safetensors file; download it again", () => new SafeTensorsFile(path));
    }

    [Theory]
    [InlineData(3UL)]
    [InlineData(ulong.MaxValue)]
    public void RejectsAHeaderBeyondTheFile(ulong claimed)
    {
        using var directory = new TempDirectory();
        var bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimed);
        string path = directory.Write("m", bytes);
        Expect.Error($"{path}: the header claims {claimed} bytes but the file has 10; it is truncated or not a safetensors file: download it again", () => new SafeTensorsFile(path));
    }

    [Fact]
    public void MissingFile()
    {
        using var directory = new TempDirectory();
        string path = directory.File("model.safetensors");
        Expect.Error($"{path}: the file does not exist; a checkpoint's weights are needed in the safetensors format", () => new SafeTensorsFile(path));
    }

    private static byte[] Words(params ushort[] words) => MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
}
