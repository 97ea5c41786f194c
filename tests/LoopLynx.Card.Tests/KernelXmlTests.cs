using System.Runtime.CompilerServices;
using System.Xml.Linq;
using LoopLynx.Accelerator;
using LoopLynx.Card.Package;

namespace LoopLynx.Card.Tests;

/// <summary>The kernel's description: by the project's own schema, and by the rules that a schema can't express.</summary>
public sealed class KernelXmlTests : IDisposable
{
    // Third parties' files, which aren't part of the repository.
    private const string Variable = "LOOPLYNX_CASES";

    private readonly Folder _folder = new();

    public static TheoryData<string, string, string> Mutants { get; } = new()
    {
        { "element form", "<arg name=\"node\"", "<arg><name>node</name></arg><arg name=\"node\"" },
        { "a gap in the ids", "id=\"3\"", "id=\"99\"" },
        { "ids out of order", "name=\"nodes\" addressQualifier=\"0\" id=\"1\"", "name=\"nodes\" addressQualifier=\"0\" id=\"50\"" },
        { "the same id twice", "id=\"3\"", "id=\"2\"" },
        { "a master without an argument", "port=\"m_axi_gmem2\"", "port=\"m_axi_gmem1\"" },
        { "a pointer of 32 bits", "size=\"0x8\" offset=\"0x0A8\"", "size=\"0x4\" offset=\"0x0A8\"" },
        { "another offset", "offset=\"0x0A8\"", "offset=\"0x0AC\"" },
        { "an offset that overlaps", "offset=\"0x018\"", "offset=\"0x010\"" },
        { "an offset outside the block", "offset=\"0x018\"", "offset=\"0x1000\"" },
        { "a mode that isn't one", "mode=\"slave\"", "mode=\"target\"" },
        { "a slave that is a master", "name=\"s_axi_control\" mode=\"slave\"", "name=\"s_axi_control\" mode=\"master\"" },
        { "an addressable stream", "name=\"m_axi_host\" mode=\"master\"", "name=\"m_axi_host\" mode=\"read_only\"" },
        { "the same port twice", "<port name=\"m_axi_gmem1\"", "<port name=\"m_axi_gmem0\"" },
        { "the same argument twice", "<arg name=\"nodes\"", "<arg name=\"node\"" },
        { "an argument of a port that isn't there", "port=\"m_axi_gmem0\"", "port=\"m_axi_gmem9\"" },
        { "a width that is no power of two", "dataWidth=\"128\"", "dataWidth=\"100\"" },
        { "a protocol that isn't one", "ap_ctrl_chain", "ap_ctrl_loop" },
        { "a name without a version", $":{KernelRegisters.PresentVersion}.0\"", "\"" },
        { "an argument that is missing its type", "type=\"uint\" ", "" },
        { "a host size that differs", "hostSize=\"0x8\"", "hostSize=\"0x4\"" },
        { "a scalar at a master", "id=\"0\" port=\"s_axi_control\"", "id=\"0\" port=\"m_axi_host\"" },
    };

    private static string Own => Small.Files["kernel.xml"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_kernels_own_keeps_the_schema_and_the_rules() => Assert.Empty(Problems(Own, KernelRegisters.Arguments(4)));

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_mutant_is_refused(string name, string text, string changed)
    {
        var at = Own.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{name}: the text isn't there");
        Assert.NotEmpty(Problems(Own[..at] + changed + Own[(at + text.Length)..], KernelRegisters.Arguments(4)));
    }

    [Fact]
    public void Published_descriptions_are_accepted()
    {
        var cases = Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(Root(), "../shared/cases");
        var published = Path.Combine(cases, "kernel-xml");
        Assert.SkipUnless(Directory.Exists(published), $"there are no published descriptions: name their folder's parent in {Variable}");
        var files = Directory.GetFiles(published, "*.xml");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Empty(Problems(File.ReadAllText(file), null)));
    }

    [Fact]
    public void Chain_and_interrupt_are_stated()
    {
        var kernel = XDocument.Parse(Own).Root!.Element("kernel")!;
        string? Value(string attribute) => kernel.Attribute(attribute)?.Value;
        Assert.Equal(("ap_ctrl_chain", "true", "ip"), (Value("hwControlProtocol"), Value("interrupt"), Value("language")));
        Assert.DoesNotContain(XDocument.Parse(Own).DescendantNodes(), n => n is XText);
    }

    private static string Root([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../..");

    private List<string> Problems(string text, IReadOnlyList<KernelArgument>? arguments)
    {
        var (file, schema) = (_folder.Write("checked.xml", text), _folder.Write("kernel.xsd", KernelSchema.Text));
        var result = Small.Run("xmllint", "libxml2-utils", _folder.Path, "--noout", "--schema", schema, file);
        var description = XDocument.Parse(text);
        return
        [
            .. result.ExitCode == 0 ? Array.Empty<string>() : [result.Log],
            .. KernelXmlChecker.Check(description),
            .. arguments is null ? [] : KernelXmlChecker.Compare(description, arguments),
        ];
    }
}
