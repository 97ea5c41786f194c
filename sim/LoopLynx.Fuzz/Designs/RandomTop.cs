using LoopLynx.Hdl;

namespace LoopLynx.Fuzz.Designs;

/// <summary>A random design that stands alone or as one of many in a <see cref="Batch"/>.</summary>
public abstract class RandomTop : Module
{
    /// <summary>Input ports in the order of their declaration.</summary>
    public abstract IReadOnlyList<Signal> Inputs { get; }

    /// <summary>Output ports in the order of their declaration.</summary>
    public abstract IReadOnlyList<Signal> Outputs { get; }

    /// <summary>Some design of any kind; the choices determine it.</summary>
    public static RandomTop Of(Random random) => random.Next(6) switch
    {
        < 4 => new RandomModule(random, 1 + random.Next(24)),
        4 => new RandomMachine(random),
        _ => new RandomFamilies(random),
    };
}
