using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

public static partial class Hardware
{
    /// <summary>
    /// Lets a register reset an instance: while it is 1, the instance's registers take their initial values at each edge. It takes the place of the reset of
    /// the module around, so it must be a bit that resets to 1 itself; the instance then leaves a reset an edge later than the module.
    /// </summary>
    /// <param name="instance">An instance of the module that is being built, with one synchronous clock domain, that of the register.</param>
    /// <param name="register">A register bit of the module, which resets to 1. HDL0214: it isn't.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static T ResetBy<T>(this T instance, Signal register, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : Module
    {
        var builder = Builder.Current;
        var location = new SourceLocation(file, line);
        if (!builder.Instances.TryGetValue(instance, out var info))
        {
            throw builder.Fatal("HDL0103", $"{instance.GetType().Name} is no instance of {builder.ModuleName}",
                "place it with Instance before it is given a reset", location);
        }

        info.Reset = builder.Resolve(register) as RegisterNode;
        if (info.Reset is { HasReset: true, Type.IsBit: true, Domain.AsynchronousReset: false } && info.Reset.Initial[0].IsOne)
        {
            return instance;
        }

        builder.Report("HDL0214", $"'{info.Name}' is reset by something else than a register bit that resets to 1", location,
            "declare it with Register(out var reset, Bit, reset: 1), so that the instance is reset with the module");
        return instance;
    }
}
