using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LoopLynx.Verilator;

/// <summary>
/// A program and all its descendants. They carry a mark in their environment, which every process hands on to those that it starts: it finds also those
/// whose parents have ended, and those that began a session of their own.
/// </summary>
internal sealed class ProcessFamily : IDisposable
{
    /// <summary>The environment variable with the marks of all families that a process belongs to, with colons between.</summary>
    public const string Variable = "LOOPLYNX_TOOL";

    // A process may start another one while the list of processes is read; then there is one more round.
    private const int Rounds = 20;

    private static readonly ConcurrentDictionary<ProcessFamily, bool> Living = [];
    private static long _count;

    private readonly string _name = $"{Environment.ProcessId}.{Interlocked.Increment(ref _count)}";

    /// <summary>A new family without members.</summary>
    public ProcessFamily() => Living[this] = true;

    /// <summary>What its members have in <see cref="Variable"/>.</summary>
    public string Mark => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own ? $"{own}:{_name}" : _name;

    /// <summary>Ends all members of all families of this process.</summary>
    public static void EndAll()
    {
        foreach (var family in Living.Keys)
        {
            family.End();
        }
    }

    /// <summary>Ends all members at once, without asking them.</summary>
    public void End()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var members = Process.GetProcesses().Where(IsMember).ToList();
            if (members.Count == 0)
            {
                return;
            }

            foreach (var member in members)
            {
                try
                {
                    member.Kill();
                }
                catch (Exception e) when (e is InvalidOperationException or Win32Exception)
                {
                    // It has ended by itself.
                }

                member.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Living.TryRemove(this, out _);

    private bool IsMember(Process process)
    {
        try
        {
            // A process that has ended, but that nobody has asked for its exit code yet, has no environment any more.
            var entry = Encoding.Latin1.GetString(File.ReadAllBytes($"/proc/{process.Id}/environ")).Split('\0')
                .FirstOrDefault(variable => variable.StartsWith($"{Variable}=", StringComparison.Ordinal));
            return entry is not null && entry[(Variable.Length + 1)..].Split(':').Contains(_name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
