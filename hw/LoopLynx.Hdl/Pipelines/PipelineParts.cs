using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>Modules in pipelines.</summary>
public static partial class Hardware
{
    /// <summary>
    /// The result of a part, for example of an instance, that says its latency. In the function of a <c>Pipeline</c> the operands are brought to one level
    /// first, and the result stands
    /// <paramref name="levels"/> behind them; what the part does isn't looked at. Elsewhere this is only the call.
    /// </summary>
    /// <param name="levels">Cycles from the operands to the result; the part is free-running and takes operands in every cycle.</param>
    /// <param name="operands">What goes into the part.</param>
    /// <param name="part">Makes the part for operands that it is given and returns its result.</param>
    public static Signal Through(int levels, IReadOnlyList<Signal> operands, Func<IReadOnlyList<Signal>, Signal> part)
    {
        var builder = Builder.Current;
        if (builder.Pipeline is not { } scope)
        {
            return part(operands);
        }

        var level = scope.Enter([.. operands.Select(builder.Resolve)], out var aligned).Behind(levels);
        Signal? result = null;
        builder.Unconditionally(() => result = builder.InPipeline(null, () => part([.. aligned.Select(builder.Wrap)])));
        scope.Leave(builder.Resolve(result!), level);
        return result!;
    }
}
