using LoopLynx.Formal.Tests.Proofs;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Verilator;

namespace LoopLynx.Formal.Tests.Clocks;

/// <summary>
/// Proofs of designs with several clocks: in each step of time the solver lets any clock rise, fall or stay, so every ratio, phase and jitter is among the runs. Yosys samples every register
/// with the steps (<c>clk2fflogic</c>), and the property-directed reachability of yosys-abc finds an invariant or a run that breaks a claim, so what holds, holds for runs of any length.
/// The design starts in its power-up state, without reset.
/// </summary>
internal static class ClockProver
{
    private const string Top = "clock_top";
    private static readonly ExternalTool Yosys = new("yosys", "apt-get install yosys");
    private static readonly ExternalTool Abc = new("yosys-abc", "apt-get install yosys");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Proves or refutes the claims in a module and in what it contains; inputs are free in every step.</summary>
    public static ProofResult Prove(Module module, Func<string, string>? change = null)
    {
        var design = Elaborator.Elaborate(module);
        var folder = Directory.CreateTempSubdirectory("looplynx-clocks-").FullName;
        try
        {
            var files = VerilogBackend.Emit(design);
            foreach (var file in files)
            {
                OutputFolder.Write(folder, file.Name, change?.Invoke(file.Text) ?? file.Text);
            }

            OutputFolder.Write(folder, $"{Top}.v", Wrapper(design.Top));
            Run(Yosys, ["-q", "-p", $"read_verilog -formal -sv {string.Join(' ', files.Select(f => f.Name))} {Top}.v; hierarchy -check -top {Top}; proc; opt_clean; memory_map; flatten; clk2fflogic; opt; "
                + $"delete t:$cover; techmap; opt -fast; abc -g AND -fast; opt_clean; dffunmap; aigmap; write_aiger -zinit {Top}.aig"], folder);
            var log = Run(Abc, ["-c", $"read_aiger {Top}.aig; fold; orpos; pdr -T {(int)Limit.TotalSeconds}"], folder);
            return log.Contains("Property proved", StringComparison.Ordinal) ? new(ProofOutcome.Proved, $"{design.Top.Name}: proved for clocks of any ratio and runs of any length")
                : log.Contains("was asserted in frame", StringComparison.Ordinal) ? new(ProofOutcome.Refuted, $"{design.Top.Name}: refuted")
                : throw new InvalidOperationException($"yosys-abc doesn't decide: {log.Trim()}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether the <c>Cover</c>s of a module happen in some run: the claim that they don't is refuted.</summary>
    public static bool Reaches(Module module) =>
        Prove(module, text => text.Replace(": assert (", ": assume (", StringComparison.Ordinal).Replace(": cover (", ": assert (!", StringComparison.Ordinal)).Outcome == ProofOutcome.Refuted;

    private static string Wrapper(Definition top)
    {
        string[] open = [.. top.Domains.Select(d => d.Clock), .. top.Ports.Where(p => p.Direction == PortDirection.Input).Select(p => p.Name)];
        var connections = open.Select(p => $".{p}({p})").Concat(top.Domains.Select(d => $".{d.Reset}(1'b0)"));
        return $"module {Top}({string.Join(", ", open.Select(p => $"input {p}"))});\n{top.Name} dut({string.Join(", ", connections)});\nendmodule\n";
    }

    private static string Run(ExternalTool tool, string[] arguments, string folder)
    {
        var result = tool.Run(arguments, folder, Limit * 2);
        return result.ExitCode == 0 ? result.Log : throw new InvalidOperationException($"{tool.Program} failed: {result.Log.Trim()}");
    }
}
