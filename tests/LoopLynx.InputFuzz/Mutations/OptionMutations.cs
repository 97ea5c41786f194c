using System.Globalization;

namespace LoopLynx.InputFuzz.Mutations;

/// <summary>Command lines that nobody means: each must be refused before any work, with nothing written.</summary>
public static class OptionMutations
{
    private static readonly string[] NoInteger = ["", " ", "x", "1.5", "1,5", "1e3", "NaN", "-", "--", "0x10", "99999999999999999999", "\u0663", "+-1"];
    private static readonly string[] NoReal = ["", " ", "x", "1,5", "NaN", "Infinity", "-1", "1e400", "1_000", "1 000", "\u0663"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Func<Random, ModelFiles, Case>> All { get; } = [Integer, Real, OutOfRange, Name, Machine, NoFile, Output, Wave, Together];

    private static Case Integer(Random random, ModelFiles sound)
    {
        var (command, option) = random.Of([
            ("run a", "--tokens"), ("run a", "--nodes"), ("run a", "--channels"), ("run a", "--top-k"), ("run a", "--seed"), ("latency", "--position"), ("bench", "--runs"),
            ("fuzz", "--seeds"), ("fuzz", "--seed"), ("fuzz", "--cycles"), ("coverage --out {out}", "--tokens"), ("run a", "--vector-bits")]);
        return Of(command, option, random.Of(NoInteger));
    }

    private static Case Real(Random random, ModelFiles sound)
    {
        var (command, option) = random.Of([("run a", "--temperature"), ("fuzz", "--minutes")]);
        return Of(command, option, random.Of(NoReal));
    }

    private static Case OutOfRange(Random random, ModelFiles sound)
    {
        var far = random.Of([-1, 0, int.MinValue]).ToString(CultureInfo.InvariantCulture);
        var (command, option) = random.Of([
            ("run a --model {model}", "--tokens"), ("run a --tokens 1 --model {model}", "--nodes"), ("run a --tokens 1 --model {model}", "--channels"), ("run a --tokens 1 --model {model}", "--lanes"),
            ("bench", "--runs"), ("bench", "--threads"), ("fuzz", "--seeds"), ("fuzz", "--cycles"), ("coverage --out {out}", "--tokens"), ("rtl --out {out}", "--nodes")]);
        return Of(command, option, random.Next(3) == 0 && option == "--tokens" ? "2147483647" : far);
    }

    private static Case Name(Random random, ModelFiles sound)
    {
        var (command, option) = random.Of([
            ("run a", "--engine"), ("run a", "--memory"), ("rtl --out {out}", "--preset"), ("rtl --out {out}", "--off"), ("rtl --out {out}", "--shape"), ("quality", "--softmax"),
            ("fuzz", "--engines"), ("coverage --out {out}", "--engine"), ("bench", "--design"), ("latency", "--memory")]);
        return Of(command, option, random.Of(["", " ", "x", "Compiled ", "a,b", "\u00e9", "../..", "null", "fast paper", "\ud800"]));
    }

    private static Case Machine(Random random, ModelFiles sound)
    {
        var options = random.Of(["--channels 3", "--lanes 2", "--lanes 256", "--nodes 7", "--nodes 16", "--channels 1024", "--channels 64 --lanes 1024", "--nodes 3 --channels 2"]);
        return new Case($"rtl {options}", Expectation.Refused, null, ["rtl", "--out", "{out}", .. options.Split(' ')]);
    }

    private static Case NoFile(Random random, ModelFiles sound)
    {
        var path = random.Of(["/nowhere/at/all", "", " ", "/dev/null", "/dev/zero", "/proc/self/mem", "{model}/config.json/x"]);
        var (command, option) = random.Of([("run a", "--model"), ("quality --model {model}", "--text"), ("coverage --out {out}", "--waivers"), ("coverage --out {out}", "--merge")]);
        return Of(command, option, path);
    }

    private static Case Output(Random random, ModelFiles sound) =>
        Of(random.Of(["rtl", "coverage --tokens 1"]), "--out", random.Of(["", " ", "/proc/none/x", "{model}/config.json", "{model}/config.json/x", "/dev/null", "a\0b"]));

    private static Case Wave(Random random, ModelFiles sound)
    {
        var path = random.Of(["x.txt", "", "/nowhere/x.fst", "{model}", "/proc/none.vcd"]);
        return random.Next(2) == 0
            ? Of("run a --tokens 1 --model {model}", "--wave", path)
            : Of("run a --tokens 1 --wave {out}.fst --model {model}", random.Of(["--wave-from", "--wave-to", "--wave-limit"]), random.Of(["", "x", "-1", "token", "token:x", "Qkv:", "Qkv:99", "token:99", "1:2:3", "NaN"]));
    }

    private static Case Together(Random random, ModelFiles sound)
    {
        var line = random.Of(["run", "rtl", "coverage", "frobnicate", "run a b", "quality x", "--speed", "run a --engine verilator --no-fusion", "run a --engine verilator --wave {out}.fst", "cosim --engine verilator"]);
        return new Case(line, Expectation.Refused, null, line.Split(' '));
    }

    private static Case Of(string command, string option, string value) => new($"{command} {option} '{value}'", Expectation.Refused, null, [.. command.Split(' '), option, value]);
}
