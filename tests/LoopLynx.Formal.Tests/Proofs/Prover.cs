using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Verilator;

namespace LoopLynx.Formal.Tests.Proofs;

/// <summary>
/// Proves the claims in a design: Yosys turns the emitted Verilog into formulas, yosys-smtbmc unrolls them and z3 decides.
/// A bounded proof looks at every run of a given length from reset. With induction it also shows that k cycles without a broken claim
/// are never followed by a broken one, from any state: together, that no run of any length breaks a claim.
/// </summary>
internal static class Prover
{
    private static readonly ExternalTool Yosys = new("yosys", "apt-get install yosys");
    private static readonly ExternalTool Solver = new("yosys-smtbmc", "apt-get install yosys");
    private static readonly ExternalTool Z3 = new("z3", "apt-get install z3");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Proves a case.</summary>
    /// <param name="proof">What to prove.</param>
    /// <param name="change">Changes the emitted Verilog, for proofs that must fail; null: as it is.</param>
    public static ProofResult Prove(ProofCase proof, Func<string, string>? change = null) =>
        Prove(new ProofHarness(proof), proof.Depth, proof.Induction, proof.Probes, change);

    /// <summary>Proves the claims in a module and in what it contains; its inputs are free.</summary>
    /// <param name="top">The module.</param>
    /// <param name="depth">Length of the runs of the bounded proof.</param>
    /// <param name="induction">The k of k-induction; null: bounded only.</param>
    /// <param name="probes">Inputs that are registers inside.</param>
    /// <param name="change">Changes the emitted Verilog.</param>
    public static ProofResult Prove(Module top, int depth, int? induction = null, IReadOnlyList<Probe>? probes = null, Func<string, string>? change = null) =>
        In(top, probes ?? [], change, (folder, claims, ports) => Decide(folder, claims, ports, depth, induction));

    /// <summary>Whether every <c>Cover</c> of a case happens in some run of the given length that keeps all assumptions: otherwise its claims may be empty.</summary>
    public static bool Reaches(ProofCase proof, int depth) =>
        In(new ProofHarness(proof), proof.Probes, null, (folder, _, _) => Run(folder, ["-c", "-t", $"{depth}"]).Holds);

    private static T In<T>(Module top, IReadOnlyList<Probe> probes, Func<string, string>? change, Func<string, Claims, IReadOnlySet<string>, T> work)
    {
        var design = Elaborator.Elaborate(top);
        IReadOnlyList<VerilogFile> files = [.. VerilogBackend.Emit(design).Select(f => f with { Text = change?.Invoke(f.Text) ?? f.Text })];
        var folder = Directory.CreateTempSubdirectory("looplynx-proof-").FullName;
        try
        {
            foreach (var file in files)
            {
                OutputFolder.Write(folder, file.Name, file.Text);
            }

            OutputFolder.Write(folder, $"{ProofTop.Name}.v", ProofTop.Of(design.Top, probes));
            Formulas(folder, files);
            return work(folder, new Claims(design.Top), design.Top.Ports.Select(p => p.Name).Except(probes.Select(p => p.Port)).ToHashSet());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Formulas(string folder, IReadOnlyList<VerilogFile> files)
    {
        // Memories become registers before the hierarchy goes, so that invariants can name their rows; what is read past the last row is any value.
        var script = $"read_verilog -formal -sv {string.Join(' ', files.Select(f => f.Name))} {ProofTop.Name}.v; hierarchy -check -top {ProofTop.Name}; proc; opt_clean; check -assert {string.Join(' ', files.Select(f => Path.GetFileNameWithoutExtension(f.Name)))}; memory_map; flatten; "
            + $"setundef -undriven -anyseq; opt_expr -keepdc; dffunmap; write_smt2 -wires {ProofTop.Name}.smt2";
        var result = Yosys.Run(["-q", "-p", script], folder, Limit);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"Yosys doesn't take the design: {result.Log.Trim()}");
        }
    }

    private static ProofResult Decide(string folder, Claims claims, IReadOnlySet<string> ports, int depth, int? induction)
    {
        if (!Z3.IsInstalled)
        {
            throw new InvalidOperationException("z3 is not installed or not in PATH; install it, for example with: apt-get install z3");
        }

        var bounded = Run(folder, ["-t", $"{depth}"]);
        if (!bounded.Holds)
        {
            return Failure(ProofOutcome.Refuted, $"{claims.Design}: refuted");
        }

        if (induction is not { } k)
        {
            return new ProofResult(ProofOutcome.Bounded, $"{claims.Design}: no run of {depth} cycles breaks a claim");
        }

        // Yosys samples a clocked claim: the solver sees it one step later, so one step more is one cycle of induction.
        // The bounded proof is the induction's first step, so it may not be the shorter one.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k + 1, depth);
        bounded = Run(folder, ["-i", "-t", $"{k + 1}"]);
        return bounded.Holds
            ? new ProofResult(ProofOutcome.Proved, $"{claims.Design}: proved for runs of any length ({k}-induction, {depth} cycles from reset)")
            : Failure(ProofOutcome.NotInductive, $"{claims.Design}: holds for {depth} cycles from reset, but isn't inductive for k = {k}");

        ProofResult Failure(ProofOutcome outcome, string summary)
        {
            var trace = Path.Combine(folder, "trace.vcd");
            return new ProofResult(outcome, $"{summary}: {claims.Describe(bounded.Log)}", File.Exists(trace) ? TraceTable.Of(File.ReadAllText(trace), ports) : "");
        }
    }

    private static (bool Holds, string Log) Run(string folder, IEnumerable<string> mode)
    {
        // Unrolled formulas: z3 may take minutes for the same as functions of a state.
        var result = Solver.Run(["-s", "z3", "--noprogress", "--unroll", "--dump-vcd", "trace.vcd", .. mode, $"{ProofTop.Name}.smt2"], folder, Limit);
        var passed = result.Log.Contains("Status: passed", StringComparison.OrdinalIgnoreCase);
        var failed = result.Log.Contains("Status: failed", StringComparison.OrdinalIgnoreCase);
        return passed || failed ? (passed, result.Log) : throw new InvalidOperationException($"yosys-smtbmc ended with {result.ExitCode}: {result.Log.Trim()}");
    }
}
