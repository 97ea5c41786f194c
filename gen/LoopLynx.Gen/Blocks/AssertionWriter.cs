using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>
/// Writes claims: for formal tools under <c>FORMAL</c>, and as a message that stops the run under <c>SIMULATION</c>. Other tools see neither,
/// so reads in here don't count as uses.
/// </summary>
internal sealed class AssertionWriter(ModuleScope module, IReadOnlyDictionary<string, Net> clocks)
{
    /// <summary>Writes all claims of a definition.</summary>
    public void Write(IReadOnlyList<AssertionInfo> assertions)
    {
        var claims = assertions.Select(a => (Claim: a, Name: module.User.Assertions[a], Condition: Condition(a))).ToArray();
        var checks = claims.Where(c => c.Claim.Kind != AssertionKind.Cover).ToArray();
        if (claims.Length > 0)
        {
            module.Body.Gap();
            module.Body.Line("`ifdef FORMAL");
            foreach (var (claim, name, condition) in claims)
            {
                Open(claim);
                module.Body.Line($"{name}: {claim.Kind.ToString().ToLowerInvariant()} ({condition});", claim.Location);
                Close();
            }

            module.Body.Line("`endif");
        }

        if (checks.Length > 0)
        {
            module.Body.Line("`ifdef SIMULATION");
            foreach (var (claim, name, condition) in checks)
            {
                Open(claim, $" && !{condition}");
                module.Body.Line($"$display(\"%m.{name}: {Escape(claim.Message)}\");", claim.Location);
                module.Body.Line("$stop;");
                Close();
            }

            module.Body.Line("`endif");
        }
    }

    /// <summary>Name of the condition's net; the net was made because <see cref="Graph.Printing"/> asks for one.</summary>
    private string Condition(AssertionInfo claim)
    {
        if (claim.Condition is ConstNode c)
        {
            return Literal.Of(c.Values[0], 1, signed: false).Text;
        }

        return module.Select(claim.Condition).Target;
    }

    private void Open(AssertionInfo claim, string more = "")
    {
        module.Body.Open($"always @(posedge {clocks[claim.Domain.Clock].Name}) begin");
        module.Body.Open($"if ({ResetWriter.Released(claim.Domain, clocks)}{more}) begin");
    }

    private void Close()
    {
        module.Body.Close("end");
        module.Body.Close("end");
    }

    private static string Escape(string message) =>
        message.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("%", "%%").ReplaceLineEndings(" ");
}
