using System.Globalization;
using System.Text;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Verilator;

namespace LoopLynx.Fuzz.Equivalence;

/// <summary>What a proof found.</summary>
public enum Equivalence
{
    /// <summary>Equal in every state and for every input.</summary>
    Proved,

    /// <summary>The solver had no answer in its time.</summary>
    Unknown,

    /// <summary>Some state or input tells them apart.</summary>
    Different,
}

/// <summary>
/// Proves that the emitted Verilog and the netlist are the same machine: Yosys turns the Verilog into formulas, the netlist's text form becomes formulas here
/// (<see cref="Transition"/>), and z3 shows that power-up states are equal and that from any equal states, reachable or not, and any inputs the outputs and the next
/// states are equal. That holds for runs of any length. All clocks tick together.
/// </summary>
public static class EquivalenceCheck
{
    /// <summary>Name of the engine in reports.</summary>
    public const string Name = "proof";

    private const string Formulas = "verilog.smt2";
    private const string Question = "question.smt2";

    private static readonly ExternalTool Yosys = new("yosys", "apt-get install yosys");
    private static readonly ExternalTool Z3 = new("z3", "apt-get install z3");

    /// <summary>A tool that it needs and that isn't installed, or null.</summary>
    public static string? MissingTool => new[] { Yosys, Z3 }.FirstOrDefault(t => !t.IsInstalled)?.Program;

    /// <summary>Proves a random design; a mismatch, or null with what else came out.</summary>
    public static (Equivalence Outcome, Mismatch? Mismatch) Run(FuzzCase one, TimeSpan limit, CancellationToken cancel)
    {
        try
        {
            var (outcome, difference) = Prove(StateNames.Complete(Elaborator.ElaborateUnchecked(RandomTop.Of(new Decisions(one.Choices)))), limit, cancel: cancel);
            return (outcome, outcome == Equivalence.Different ? new Mismatch(Name, 0, $"'{difference}'", "the netlist's value", "another one") : null);
        }
        catch (Exception e) when (e is SimulationException or FormatException)
        {
            return (Equivalence.Different, Mismatch.Failed(Name, e));
        }
    }

    /// <summary>Proves a design whose registers all have names.</summary>
    /// <param name="design">The design.</param>
    /// <param name="limit">Time for the solver.</param>
    /// <param name="change">Changes the Verilog, for tests that must find it.</param>
    /// <param name="cancel">Ends the tools.</param>
    /// <returns>The outcome, and the path of an output or state that differs.</returns>
    public static (Equivalence Outcome, string Difference) Prove(Design design, TimeSpan limit, Func<string, string>? change = null, CancellationToken cancel = default)
    {
        var folder = Directory.CreateTempSubdirectory("looplynx-proof-").FullName;
        try
        {
            var files = VerilogBackend.Emit(design);
            foreach (var file in files)
            {
                OutputFolder.Write(folder, file.Name, change?.Invoke(file.Text) ?? file.Text);
            }

            var top = Path.GetFileNameWithoutExtension(files[^1].Name);
            var script = $"read_verilog -formal -sv {string.Join(' ', files.Select(f => f.Name))}; hierarchy -check -top {top}; proc; memory_collect; memory_map; flatten; async2sync; "
                + $"setundef -undriven -anyseq; opt_expr; dffunmap; write_smt2 -wires {Formulas}";
            var result = Yosys.Run(["-q", "-p", script], folder, limit + TimeSpan.FromMinutes(1), cancel);
            if (result.ExitCode != 0)
            {
                throw new SimulationException($"Yosys doesn't take the Verilog: {result.Log.Trim().Split('\n')[^1]}");
            }

            return Decide(NetlistReader.Read(NetlistText.Of(design)), File.ReadAllText(Path.Combine(folder, Formulas)), top, folder, limit, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (Equivalence Outcome, string Difference) Decide(TextNetlist netlist, string verilog, string top, string folder, TimeSpan limit, CancellationToken cancel)
    {
        var formulas = new VerilogFormulas(verilog, top);
        var transition = new Transition(netlist, (path, bits) => formulas.Value(path, bits, "now"));
        transition.Build();

        // Yosys makes a constant of a memory that is never written: the netlist's rows must keep their power-up values then.
        // Rows of the Verilog past a memory's end stay 0, which is what the netlist reads there.
        (string Path, string Now, string Next)[] spare = [.. transition.Spare.Where(s => formulas.Value(s.Path, s.Bits, "now") is not null)
            .Select(s => (s.Path, IsZero(s.Path, s.Bits, "now"), IsZero(s.Path, s.Bits, "next")))];
        (string Path, string Equal)[] first = [
            .. spare.Select(s => (s.Path, s.Now)),
            .. transition.States.Select(s => (s.Path, $"(= {formulas.Value(s.Path, s.Bits, "now") ?? s.Initial} {s.Initial})"))];
        (string Path, string Equal)[] step = [
            .. spare.Select(s => (s.Path, s.Next)),
            .. transition.Outputs.Select(o => (o.Path, $"(= {formulas.Value(o.Path, o.Bits, "now")} {o.Value})")),
            .. transition.States.Select(s => (s.Path, $"(= {formulas.Value(s.Path, s.Bits, "next") ?? s.Initial} {Next(s)})"))];
        var initial = Ask(formulas.Present + formulas.Initial, first);
        var known = string.Concat(spare.Select(s => $"(assert {s.Now})\n"));
        return initial.Outcome == Equivalence.Proved ? Ask(formulas.Present + formulas.Step + transition.Definitions + known, step) : initial;

        string IsZero(string path, int bits, string when) => $"(= {formulas.Value(path, bits, when)} {BitVectors.Constant(0, bits)})";

        string Next((string Path, int Bits, string Next, string Initial, TextReset? Asynchronous) state) => state.Asynchronous is { } reset
            ? BitVectors.Choose(Transition.IsAsserted(reset, formulas.Value(reset.Port, 1, "next")!), state.Initial, state.Next)
            : state.Next;

        (Equivalence Outcome, string Difference) Ask(string facts, (string Path, string Equal)[] claims)
        {
            // One question after another: the solver takes many small ones better than one large one.
            var text = new StringBuilder(facts);
            foreach (var (_, equal) in claims)
            {
                text.Append(CultureInfo.InvariantCulture, $"(push)\n(assert (not {equal}))\n(check-sat)\n(pop)\n");
            }

            File.WriteAllText(Path.Combine(folder, Question), text.ToString());
            var log = Z3.Run([$"-T:{Math.Max(1, (int)limit.TotalSeconds)}", Question], folder, limit + TimeSpan.FromMinutes(1), cancel).Log;
            var answers = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (Array.Find(answers, a => a is not ("sat" or "unsat" or "unknown" or "timeout")) is { } strange)
            {
                throw new SimulationException($"z3 doesn't take the formulas: {strange}");
            }

            var different = Array.IndexOf(answers, "sat");
            return different >= 0 ? (Equivalence.Different, claims[different].Path)
                : answers.Count(a => a == "unsat") == claims.Length ? (Equivalence.Proved, "")
                : (Equivalence.Unknown, claims.Zip(answers).FirstOrDefault(c => c.Second != "unsat").First.Path ?? "");
        }
    }
}
