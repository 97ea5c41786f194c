namespace LoopLynx.Repository.Tests.Size;

/// <summary>Each limit is found where it is broken by one, and not where it is just kept.</summary>
public sealed class PlantedTests
{
    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void A_method_of_so_many_lines(int lines, bool isRed)
    {
        // The declaration, the braces, and comments, which are read, too.
        var body = string.Concat(Enumerable.Repeat("        // Why.\n", lines - 3));
        Expect(isRed, Measure.Lines, "Planted.Method", lines, InClass($"    void Method()\n    {{\n{body}    }}\n"));
    }

    [Theory]
    [InlineData("        var text = \"\"\"\n{0}            \"\"\";\n")]
    [InlineData("        var text = $\"\"\"\n            {{1}}\n{0}            \"\"\";\n")]
    public void A_raw_string_is_one_line(string statement)
    {
        var text = string.Format(null, statement, string.Concat(Enumerable.Repeat($"            {new string('a', 200)}\n", 100)));
        var findings = Count(InClass($"    void Method()\n    {{\n{text}    }}\n"));
        Assert.Equal(4, findings.Single(f => f.Measure == Measure.Lines).Value);
        Assert.DoesNotContain(findings, f => f.IsViolation);
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(41, true)]
    public void A_method_of_so_many_statements_with_those_of_lambdas_and_local_functions(int statements, bool isRed)
    {
        var calls = string.Concat(Enumerable.Repeat("A();\n", statements - 5));
        var lambda = "Run(() =>\n{\n    B();\n});\n";
        var function = "void B()\n{\n    if (true)\n    {\n        A();\n    }\n}\n";
        Expect(isRed, Measure.Statements, "Planted.Method", statements, InClass($"void Method()\n{{\n{calls}{lambda}{function}}}\n"));
    }

    [Theory]
    [InlineData("void Method({0})\n{{\n}}\n", "Planted.Method")]
    [InlineData("Planted({0})\n{{\n}}\n", "Planted.new")]
    [InlineData("int this[{0}] => 1;\n", "Planted.this")]
    [InlineData("delegate void Called({0});\n", "Planted.Called")]
    [InlineData("class Inner({0})\n{{\n}}\n", "Planted.Inner()")]
    [InlineData("void Method()\n{{\n    void Local({0})\n    {{\n    }}\n}}\n", "Planted.Method")]
    [InlineData("object field = ({0}) => 1;\n", "Planted.field")]
    public void A_member_of_so_many_parameters(string member, string name)
    {
        foreach (var parameters in new[] { 7, 8 })
        {
            var list = string.Join(", ", Enumerable.Range(0, parameters).Select(i => $"int p{i}"));
            Expect(parameters == 8, Measure.Parameters, name, parameters, InClass(string.Format(null, member, list)));
        }
    }

    [Fact]
    public void The_parameters_of_a_record_are_its_properties() =>
        Assert.DoesNotContain(Count("record Many(int a, int b, int c, int d, int e, int f, int g, int h);\n"), f => f.IsViolation);

    [Theory]
    [InlineData("A(); A();", 1)]
    [InlineData("if (true) { A(); }", 1)]
    [InlineData("Run(() => { A(); A(); });", 2)]
    [InlineData("Run(\n    1); A();", 1)]
    [InlineData("if (true)\n{\n    A();\n}\nelse if (false)\n{\n    A();\n}", 0)]
    [InlineData("for (var i = 0; i < 1; i++)\n{\n    A();\n}", 0)]
    [InlineData("switch (1)\n{\n    case 1: A(); break;\n}", 1)]
    public void Statements_that_share_a_line(string statements, int crowded)
    {
        var findings = Count(InClass($"void Method()\n{{\n{statements}\n}}\n"));
        Assert.Equal(crowded, findings.Where(f => f.IsViolation).Sum(f => f.Measure == Measure.Crowded ? f.Value : 1000));
    }

    [Theory]
    [InlineData(160, false)]
    [InlineData(161, true)]
    public void A_line_of_so_many_characters(int characters, bool isRed)
    {
        foreach (var line in new[] { "    // ", "    void Method() => A(\"" })
        {
            var end = line.Contains('"') ? "\");" : "";
            var text = InClass($"{line}{new string('a', characters - line.Length - end.Length)}{end}\n");
            var found = Count(text).Where(f => f.IsViolation).ToArray();
            Assert.Equal(isRed ? [("Columns", 1)] : [], found.Select(f => ($"{f.Measure}", f.Value)));
        }
    }

    [Theory]
    [InlineData("public readonly Signal Port = Input(Bit);", 0)]
    [InlineData("public readonly StreamIn<Beat>[] Ports = [In(Bit)];", 0)]
    [InlineData("public readonly AxiLink Link = new();", 0)]
    [InlineData("private Signal _inside;", 1)]
    [InlineData("private Signal? Inside { get; set; }", 1)]
    [InlineData("private readonly List<Signal> _inside;", 1)]
    [InlineData("private Beat _inside;", 1)]
    [InlineData("private readonly Func<Signal, Signal> _map;", 0)]
    [InlineData("private Signal Computed => Port;", 0)]
    public void A_module_keeps_ports_only(string member, int fields)
    {
        var types = Production.Parse("class AxiLink : PortBundle { }\nrecord Beat(Signal Data);\nabstract class Base : Module { }\n");
        var module = Production.Parse($"class Planted : Base\n{{\n    {member}\n}}\nclass NoModule\n{{\n    private Signal _free;\n}}\n");
        var found = new SignalFields([types, module]).Count("Planted.cs", module).ToArray();
        Assert.Equal(fields, found.Sum(f => f.Value));
        Assert.Equal(fields > 0, found.Any(f => f.IsViolation));
    }

    [Fact]
    public void Overloads_have_numbers() => Assert.Equal(
        ["Planted.Method", "Planted.Method~2", "Planted.Value.get"],
        Count(InClass("void Method() => A();\nvoid Method(int a) => A();\nint Value { get { return 1; } }\n"))
            .Where(f => f.Measure == Measure.Lines).Select(f => f.Member).Where(name => name != "Planted.Value"));

    private static string InClass(string members) => $"class Planted\n{{\n{members}}}\n";

    private static IReadOnlyList<Finding> Count(string text) => MemberCounter.Count("Planted.cs", Production.Parse(text));

    private static void Expect(bool isRed, Measure measure, string member, int value, string text)
    {
        var findings = Count(text);
        Assert.Equal(value, findings.Single(f => f.Measure == measure && f.Member == member).Value);
        Assert.Equal(isRed ? [measure] : [], findings.Where(f => f.IsViolation).Select(f => f.Measure));
        Assert.Equal(isRed ? 1 : 0, SizeExceptions.Compare(findings, []).Count());
    }
}
