using System.Text;
using LoopLynx.Accelerator;

namespace LoopLynx.Card.Text;

/// <summary>The register map and the layout of the results as tables of a document.</summary>
public static class RegisterTables
{
    /// <summary>All tables, as a document.</summary>
    public static string All(CardKernel kernel) =>
        $"# Registers\n\n{Registers(kernel)}\n# Results\n\n{Results(kernel.Configuration)}\n# Faults\n\n{Faults()}";

    /// <summary>Every register.</summary>
    public static string Registers(CardKernel kernel)
    {
        var text = new StringBuilder("| address | register | bits | meaning |\n|---|---|---|---|\n");
        (int Offset, string Name, int Bits, string Meaning)[] all =
        [
            (KernelRegisters.Control, "control", 32, "0 start, 1 done, 2 idle, 3 ready, 4 continue, 9 interrupt"),
            (KernelRegisters.GlobalInterrupt, "global interrupt enable", 32, "0 enable"),
            (KernelRegisters.InterruptEnable, "interrupt enables", 32, "0 done, 1 ready"),
            (KernelRegisters.InterruptStatus, "interrupt status", 32, "0 done, 1 ready; a 1 that is written toggles its bit"),
            .. kernel.Arguments.Select(a => (a.Offset, $"`{a.Name}` (argument {a.Id})", 8 * a.Size, a.Port is null ? a.Summary : $"{a.Summary}; `{a.Port}`")),
            (KernelRegisters.Abort, "abort", 32, "a 1 that is written ends the token under way"),
            (KernelRegisters.Fault, "fault", 32, "of the last start, or of the one that is still being drained"),
            (KernelRegisters.FaultChannel, "fault's channel", 32, "0 to channels - 1, then the host's, then the ring's"),
            (KernelRegisters.FaultStage, "fault's step", 32, "the step that ran"),
            (KernelRegisters.FaultAddress, "fault's address", 64, "byte address on the channel's port; of the ring the flits of the token that had come"),
            (KernelRegisters.Cycles, "cycles", 32, "of the last start"),
            (KernelRegisters.Version, "version", 32, $"of this map: {KernelRegisters.PresentVersion}"),
            (KernelRegisters.DesignHash, "design hash", 32 * KernelHash.Words, "of the configuration, least significant word first"),
        ];
        foreach (var (offset, name, bits, meaning) in all)
        {
            text.Append($"| 0x{offset:x3} | {name} | {bits} | {meaning} |\n");
        }

        return text.ToString();
    }

    /// <summary>The buffer of results.</summary>
    public static string Results(NodeConfiguration configuration)
    {
        var row = HostWrite.RowBytes(configuration);
        var text = new StringBuilder("| byte | word | meaning |\n|---|---|---|\n");
        text.Append($"| 0x000 | hidden state | {configuration.Embed} values of {8 * HostWrite.WordBytes} bits |\n");
        foreach (var (word, i) in KernelReportWords.Of(configuration).Select((w, i) => (w, i)))
        {
            text.Append($"| 0x{row + (HostWrite.WordBytes * i):x3} | `{word.Name}` | {word.Summary} |\n");
        }

        return text.ToString();
    }

    /// <summary>The codes of faults.</summary>
    public static string Faults()
    {
        var text = new StringBuilder("| code | fault | meaning |\n|---|---|---|\n");
        foreach (var fault in Enum.GetValues<KernelFault>())
        {
            text.Append($"| {(int)fault} | {fault} | {KernelFaultText.Of(fault)} |\n");
        }

        return text.ToString();
    }
}
