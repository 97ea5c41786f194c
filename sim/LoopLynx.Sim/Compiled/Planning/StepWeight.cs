using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>About how many statements a step is.</summary>
internal static class StepWeight
{
    /// <summary>Without what is in the arms of a branch.</summary>
    public static int Own(Step step) => 1 + step.Members.Sum(m => m.Form switch
    {
        ValueForm.Scalar => 1,
        ValueForm.Lane => 4,
        ValueForm.Block or ValueForm.ScalarBlock => 2 + Math.Min(16, m.Type.Lanes),
        _ => 1,
    });

    /// <summary>With everything that is in the arms of a branch.</summary>
    public static int Total(Step step) => Own(step) + step.Arms.Sum(a => a.Region.Steps.Sum(Total));
}
