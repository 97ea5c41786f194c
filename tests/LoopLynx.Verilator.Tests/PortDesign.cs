using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Verilator.Tests;

/// <summary>A register of each shape of port: elements of every size, odd widths, lanes that fill words and lanes that don't.</summary>
public sealed class PortDesign : Module
{
    public readonly Signal I1 = Input(Bit);
    public readonly Signal I5 = Input(SInt(5));
    public readonly Signal I16 = Input(SInt(16));
    public readonly Signal I33 = Input(UInt(33));
    public readonly Signal I64 = Input(SInt(64));
    public readonly Signal I100 = Input(SInt(100));
    public readonly Signal I128 = Input(UInt(128));
    public readonly Signal L8 = Input(SInt(8) * 3);
    public readonly Signal L16 = Input(UInt(16) * 7);
    public readonly Signal L32 = Input(SInt(32) * 5);
    public readonly Signal L64 = Input(UInt(64) * 2);
    public readonly Signal L5 = Input(SInt(5) * 33);
    public readonly Signal L70 = Input(SInt(70) * 3);
    public readonly Signal O1 = Output(Bit);
    public readonly Signal O5 = Output(SInt(5));
    public readonly Signal O16 = Output(SInt(16));
    public readonly Signal O33 = Output(UInt(33));
    public readonly Signal O64 = Output(SInt(64));
    public readonly Signal O100 = Output(SInt(100));
    public readonly Signal O128 = Output(UInt(128));
    public readonly Signal M8 = Output(SInt(8) * 3);
    public readonly Signal M16 = Output(UInt(16) * 7);
    public readonly Signal M32 = Output(SInt(32) * 5);
    public readonly Signal M64 = Output(UInt(64) * 2);
    public readonly Signal M5 = Output(SInt(5) * 33);
    public readonly Signal M70 = Output(SInt(70) * 3);

    /// <summary>Each input with the output that shows it one cycle later.</summary>
    public static IReadOnlyList<(string Input, string Output)> Pairs =>
        [("I1", "O1"), ("I5", "O5"), ("I16", "O16"), ("I33", "O33"), ("I64", "O64"), ("I100", "O100"), ("I128", "O128"),
            ("L8", "M8"), ("L16", "M16"), ("L32", "M32"), ("L64", "M64"), ("L5", "M5"), ("L70", "M70")];

    protected override void Build()
    {
        foreach (var (input, output) in new[]
                 {
                     (I1, O1), (I5, O5), (I16, O16), (I33, O33), (I64, O64), (I100, O100), (I128, O128),
                     (L8, M8), (L16, M16), (L32, M32), (L64, M64), (L5, M5), (L70, M70),
                 })
        {
            output.Drive(input.Registered());
        }
    }
}
