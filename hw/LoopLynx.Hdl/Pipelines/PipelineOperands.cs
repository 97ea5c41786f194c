using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>Words for the operands of a pipeline that are not the beat's own.</summary>
public static partial class Hardware
{
    /// <summary>
    /// In the function of a <c>Pipeline</c>: a value that doesn't change while a beat is under way in it. An assertion says so; it costs a register of the value's size where assertions are kept.
    /// </summary>
    public static Signal Held(Signal value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        builder.PipelineFor(nameof(Held), new SourceLocation(file, line)).Hold(builder.Resolve(value), new SourceLocation(file, line));
        return value;
    }

    /// <summary>In the function of a <c>Pipeline</c>: a value that is valid <paramref name="level"/> clock edges after its beat entered, for example a row that another module reads. Nothing checks it.</summary>
    public static Signal At(int level, Signal value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        builder.PipelineFor(nameof(At), new SourceLocation(file, line)).At(level, builder.Resolve(value), new SourceLocation(file, line));
        return value;
    }
}
