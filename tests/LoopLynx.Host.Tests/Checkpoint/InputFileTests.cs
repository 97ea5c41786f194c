using System.Diagnostics;
using System.Text;

namespace LoopLynx.Host.Tests;

/// <summary>Files that are no files, and text in other encodings: one line each, at once.</summary>
public class InputFileTests
{
    [Fact]
    public void ANamedPipeIsRefusedInsteadOfWaitedFor()
    {
        using var directory = new TempDirectory();
        string path = directory.File("config.json");
        using (Process pipe = Process.Start("mkfifo", [path]))
            pipe.WaitForExit();
        Expect.Error($"{path}: is a named pipe, not a file; name a file on a disk", () => CheckpointConfig.Load(path));
        Expect.Error($"{path}: is a named pipe, not a file; name a file on a disk", () => new SafeTensorsFile(path));
    }

    [Fact]
    public void AFolderAndADeviceAreRefused()
    {
        using var directory = new TempDirectory();
        Expect.Error($"{directory.Path}: is a folder, not a file; name a file on a disk", () => CheckpointConfig.Load(directory.Path));
        Expect.Error("/dev/zero: is a device, not a file; name a file on a disk", () => CheckpointConfig.Load("/dev/zero"));
    }

    [Fact]
    public void TextInAnotherEncodingIsSaid()
    {
        using var directory = new TempDirectory();
        string latin = directory.Write("latin.txt", Encoding.Latin1.GetBytes("caf\u00e9\n")), wide = directory.Write("wide.txt", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("abc")).ToArray());
        string plain = directory.Write("plain.txt", Encoding.Unicode.GetBytes("abc"));
        Expect.Error($"{latin}: byte 3 (0xE9) is not UTF-8; convert the file to UTF-8, for example with: iconv -f LATIN1 -t UTF-8", () => InputFile.ReadText(latin, ""));
        Expect.Error($"{wide}: is in UTF-16; convert the file to UTF-8, for example with: iconv -f UTF-16 -t UTF-8", () => InputFile.ReadText(wide, ""));
        Expect.Error($"{plain}: byte 1 is zero, which no text holds; convert the file to UTF-8, for example with: iconv -f UTF-16LE -t UTF-8", () => InputFile.ReadText(plain, ""));
    }

    [Fact]
    public void AByteOrderMarkIsLeftOut()
    {
        using var directory = new TempDirectory();
        Assert.Equal("caf\u00e9", InputFile.ReadText(directory.Write("marked.txt", [0xEF, 0xBB, 0xBF, .. "caf\u00e9"u8]), ""));
        Assert.Equal(12, CheckpointConfig.Load(directory.Write("config.json", [0xEF, 0xBB, 0xBF, .. "{\"n_layer\":1,\"n_head\":1,\"n_embd\":3,\"n_positions\":4,\"vocab_size\":5}"u8])).Description.FeedForward);
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    public void HalfASurrogatePairIsRefused(string json)
    {
        using var directory = new TempDirectory();
        string path = directory.Write("vocab.json", json);
        Expect.Error($"{path}: a string holds half a surrogate pair, which is no text; take the file from the checkpoint's download", () => BpeTokenizer.Load(directory.Path));
    }
}
