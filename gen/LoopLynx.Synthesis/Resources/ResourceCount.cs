namespace LoopLynx.Synthesis.Resources;

/// <summary>What a part of a design takes.</summary>
/// <param name="Lut">Look-up tables as logic.</param>
/// <param name="LutRam">Look-up tables as memory and shift registers.</param>
/// <param name="Ff">Flip-flops as Yosys counts them.</param>
/// <param name="FfAbsorbed">Flip-flops that are left when DSPs and RAMs have taken in those that they can hold.</param>
/// <param name="Carry8">Carry chains of a site.</param>
/// <param name="Dsp">DSP slices.</param>
/// <param name="Bram18">Halves of block RAMs.</param>
/// <param name="Uram">Ultra RAMs.</param>
public readonly record struct ResourceCount(int Lut, int LutRam, int Ff, int FfAbsorbed, int Carry8, int Dsp, int Bram18, int Uram)
{
    /// <summary>Block RAMs.</summary>
    public double Bram36 => Bram18 / 2.0;

    /// <summary>The sum.</summary>
    public static ResourceCount operator +(ResourceCount a, ResourceCount b) => new(
        a.Lut + b.Lut, a.LutRam + b.LutRam, a.Ff + b.Ff, a.FfAbsorbed + b.FfAbsorbed, a.Carry8 + b.Carry8, a.Dsp + b.Dsp, a.Bram18 + b.Bram18, a.Uram + b.Uram);
}
