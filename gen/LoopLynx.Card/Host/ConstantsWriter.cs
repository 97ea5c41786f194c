using System.Text;
using LoopLynx.Accelerator;

namespace LoopLynx.Card.Host;

/// <summary>Writes the C header of what kernel and host agree on: registers, numbers of arguments, words of the report, faults and their texts.</summary>
public static class ConstantsWriter
{
    /// <summary>The header's name.</summary>
    public const string Name = "looplynx_kernel.h";

    /// <summary>The header.</summary>
    public static string Write(CardKernel kernel)
    {
        var text = new StringBuilder();
        text.Append($"/* {CardKernel.Name}: registers, arguments, report and faults. Written by LoopLynx.Card; edits here are lost. */\n");
        text.Append("#ifndef LOOPLYNX_KERNEL_H\n#define LOOPLYNX_KERNEL_H\n\n");
        text.Append($"#define LOOPLYNX_KERNEL_NAME \"{CardKernel.Name}\"\n");
        text.Append($"#define LOOPLYNX_MAP_FORMAT {Link.KernelMapWriter.FormatVersion}\n");
        text.Append($"#define LOOPLYNX_HASH_WORDS {KernelHash.Words}\n");
        text.Append($"#define LOOPLYNX_WATCHDOG_CYCLES {KernelSequencer.DefaultPatience}\n");
        text.Append($"#define LOOPLYNX_RING_WATCHDOG_CYCLES {KernelSequencer.DefaultRingPatience}\n");
        text.Append($"#define LOOPLYNX_TEST_BURSTS {1 << ChannelTester.BurstBits}\n");
        text.Append($"#define LOOPLYNX_EPOCHS {1 << RingFlit.EpochBits}\n\n");
        Enumeration(text, "register", "Byte addresses of registers.", Registers, "0x{0:x3}");
        Enumeration(text, "argument", "Numbers of arguments.", kernel.Arguments.Where(a => !IsChannel(a)).Select(a => (a.Name, a.Id)), "{0}");
        Enumeration(text, "word", "Words of the report behind the hidden state.", KernelReportWords.Fixed.Select((w, i) => (w.Name, i)), "{0}");
        Enumeration(text, "fault", "Why a start has ended.", Enum.GetValues<KernelFault>().Select(f => ($"{f}", (int)f)), "{0}");
        text.Append("/* What a fault means. */\nstatic inline const char *looplynx_fault_text(unsigned fault)\n{\n    switch (fault) {\n");
        foreach (var fault in Enum.GetValues<KernelFault>())
        {
            text.Append($"    case {Constant("fault", $"{fault}")}:\n        return \"{KernelFaultText.Of(fault)}\";\n");
        }

        text.Append("    default:\n        return \"a fault that this host doesn't know: its header is older than the kernel\";\n    }\n}\n\n#endif\n");
        return text.ToString();
    }

    private static IEnumerable<(string Name, int Value)> Registers =>
    [
        (nameof(KernelRegisters.Abort), KernelRegisters.Abort),
        (nameof(KernelRegisters.Fault), KernelRegisters.Fault),
        (nameof(KernelRegisters.Version), KernelRegisters.Version),
        (nameof(KernelRegisters.DesignHash), KernelRegisters.DesignHash),
    ];

    // Their numbers depend on the machine: the map has them.
    private static bool IsChannel(KernelArgument argument) => argument.Port is not null && argument.Port != KernelRegisters.HostPort;

    private static void Enumeration(StringBuilder text, string kind, string summary, IEnumerable<(string Name, int Value)> all, string format)
    {
        text.Append($"/* {summary} */\nenum {{\n");
        foreach (var (name, value) in all)
        {
            text.Append($"    {Constant(kind, name)} = {string.Format(System.Globalization.CultureInfo.InvariantCulture, format, value)},\n");
        }

        text.Append("};\n\n");
    }

    // addressLow as LOOPLYNX_WORD_ADDRESS_LOW.
    private static string Constant(string kind, string name)
    {
        var words = string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{c}"));
        return $"LOOPLYNX_{kind}_{words}".ToUpperInvariant();
    }
}
