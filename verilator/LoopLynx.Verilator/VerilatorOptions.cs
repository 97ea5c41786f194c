using LoopLynx.Gen;

namespace LoopLynx.Verilator;

/// <summary>How a design is Verilated.</summary>
public sealed record VerilatorOptions
{
    /// <summary>Threads of the model (<c>--threads</c>).</summary>
    public int Threads { get; init; } = 1;

    /// <summary>More flags for <c>verilator</c>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Optimisation flags for the C++ compiler.</summary>
    public IReadOnlyList<string> CompilerFlags { get; init; } = ["-O3", "-march=native"];

    /// <summary>
    /// Folder of built models, shared by processes of this user; null: <c>looplynx/verilator</c> in <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>Longest run of one tool.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Stops a build.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Changes the emitted files before the build: tests break the RTL on purpose to see that it is noticed.</summary>
    public Func<VerilogFile, VerilogFile>? Change { get; init; }
}
