using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace LoopLynx.Packages.Tests;

/// <summary>What is in the packages, and what isn't: names of folders of this machine.</summary>
public class PackageContentTests(PackageFeed feed)
{
    private static readonly string[] Ids = ["LoopLynx.Gen", "LoopLynx.Hdl", "LoopLynx.Sim", "LoopLynx.Testing", "LoopLynx.Testing.Xunit", "LoopLynx.Verilator"];

    [Fact]
    public void There_is_a_package_and_its_symbols_for_each_library() => Assert.Equal(
        Ids.SelectMany(id => new[] { $"{id}.{Version}.nupkg", $"{id}.{Version}.snupkg" }),
        Directory.EnumerateFiles(feed.Packages).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));

    [Fact]
    public void A_package_says_what_it_is()
    {
        foreach (var id in Ids)
        {
            var entries = Entries(id, "nupkg");
            var metadata = XDocument.Parse(Encoding.UTF8.GetString(entries[$"{id}.nuspec"]).TrimStart('\uFEFF')).Descendants().ToLookup(e => e.Name.LocalName, e => e.Value);
            Assert.Equal((id, Version, "Apache-2.0", "README.md"), (metadata["id"].Single(), metadata["version"].Single(), metadata["license"].Single(), metadata["readme"].Single()));
            Assert.Contains("hardware", metadata["tags"].Single(), StringComparison.Ordinal);
            Assert.NotEmpty(metadata["description"].Single());
            Assert.StartsWith($"# {id}\n", Encoding.UTF8.GetString(entries["README.md"]), StringComparison.Ordinal);
            Assert.Contains($"<name>{id}</name>", Encoding.UTF8.GetString(entries[$"lib/net10.0/{id}.xml"]), StringComparison.Ordinal);
            Assert.Contains($"lib/net10.0/{id}.dll", entries.Keys);
            Assert.Contains($"lib/net10.0/{id}.pdb", Entries(id, "snupkg").Keys);
        }
    }

    [Fact]
    public void The_language_brings_its_analyzers_and_needs_nothing_else()
    {
        var entries = Entries("LoopLynx.Hdl", "nupkg");
        Assert.Equal(["analyzers/dotnet/cs/LoopLynx.Hdl.Analyzers.dll", "analyzers/dotnet/cs/LoopLynx.Hdl.CodeFixes.dll"], entries.Keys.Where(e => e.StartsWith("analyzers/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(Dependencies("LoopLynx.Hdl"));
    }

    [Fact]
    public void The_testing_kit_brings_no_test_framework()
    {
        Assert.DoesNotContain(Dependencies("LoopLynx.Testing"), id => id.StartsWith("xunit", StringComparison.Ordinal));
        Assert.Equal(["LoopLynx.Testing", "xunit.v3.extensibility.core"], Dependencies("LoopLynx.Testing.Xunit"));
    }

    [Fact]
    public void No_file_names_a_folder_of_this_machine()
    {
        string[] folders = [PackageFeed.Repository, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];
        foreach (var (name, bytes) in Ids.SelectMany(id => Entries(id, "nupkg").Concat(Entries(id, "snupkg"))))
        {
            foreach (var folder in folders.Where(folder => folder.Length > 1))
            {
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"{folder}/")) < 0 && bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes($"{folder}/")) < 0, $"{name} names {folder}");
            }
        }
    }

    [Fact]
    public void Symbols_name_the_sources_from_the_repository_s_root()
    {
        foreach (var id in Ids)
        {
            using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Entries(id, "snupkg")[$"lib/net10.0/{id}.pdb"]));
            var reader = symbols.GetMetadataReader();
            var documents = reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name)).ToList();
            Assert.NotEmpty(documents);
            Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
        }
    }

    private static string Version { get; } = XDocument.Load(Path.Combine(PackageFeed.Repository, "Directory.Build.props")).Descendants("Version").Single().Value;

    private IEnumerable<string> Dependencies(string id) => XDocument.Parse(Encoding.UTF8.GetString(Entries(id, "nupkg")[$"{id}.nuspec"]).TrimStart('\uFEFF'))
        .Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value);

    private Dictionary<string, byte[]> Entries(string id, string kind)
    {
        using var package = ZipFile.OpenRead(Path.Combine(feed.Packages, $"{id}.{Version}.{kind}"));
        return package.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        });
    }
}
