using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Compiled.Planning;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Writes the statements of one step.</summary>
internal sealed class StepEmitter(StepContext context, VectorSupport vectors, int failure)
{
    private readonly ScalarSteps _scalars = new(context);
    private readonly BlockSteps _blocks = new(context, vectors);
    private readonly LaneLoops _loops = new(context, vectors);

    private CSharpWriter Writer => context.Writer;

    public void Emit(Step step)
    {
        context.Begin(step);
        var lanes = new List<Value>();
        foreach (var member in step.Members)
        {
            switch (member.Form)
            {
                case ValueForm.Lane:
                    lanes.Add(member);
                    break;
                case ValueForm.Scalar:
                    context.Define(member, _scalars.Expression(member));
                    break;
                case ValueForm.DynamicView when context.Plan.IsPointer(member):
                    Pointer(member);
                    break;
                default:
                    _blocks.Emit(member);
                    break;
            }
        }

        if (step.Kind == StepKind.Compute)
        {
            if (lanes.Count > 0)
            {
                _loops.Emit(lanes, step.Root!, context.Address(step.Root!));
            }
        }
        else
        {
            Sink(step, lanes);
        }
    }

    private void Pointer(Value value)
    {
        Writer.Line($"byte* p{value.Id} = {_scalars.Pointer(value)};");
        if (context.Plan.Crossing.Contains(value))
        {
            context.StoreElement(new Address("s", context.Memory.Slot(value)), "ulong", $"(ulong)p{value.Id}");
        }
    }

    private void Sink(Step step, List<Value> lanes)
    {
        switch (step.Sink)
        {
            case RegisterSink r:
                Store(step.Root!, lanes, new Address("s", context.Layout.Offset(r.Register)));
                break;
            case OutputSink o:
                Store(step.Root!, lanes, new Address("s", context.Layout.Offset(o.Port.Node)));
                break;
            case ReadSink r:
                Read(r);
                break;
            case WriteSink w:
                Write(w, lanes);
                break;
            case CheckSink c:
                Check(c);
                break;
        }
    }

    private void Store(Value value, List<Value> lanes, Address to)
    {
        if (value.Shape == Shape.Scalar)
        {
            context.Store(to, value.Type, context.Scalar(value));
        }
        else if (lanes.Count > 0)
        {
            _loops.Emit(lanes, value, to);
        }
        else
        {
            context.Copy(to, context.Address(value), LaneStorage.Bytes(value.Type));
        }
    }

    private void Read(ReadSink sink)
    {
        var memory = sink.Read.Memory;
        var (row, bytes) = (new Address("s", context.Layout.Offset(memory)), StateLayout.RowBytes(memory));
        var to = new Address("s", context.Layout.Offset(sink.Read));
        var certain = Ranges.Of(sink.Address).Max < memory.Depth;
        var address = certain ? context.Scalar(sink.Address).Text : context.Repeatable(sink.Address);
        var from = row.Plus(ScalarSteps.RowOffset(address, bytes));
        var outside = new Address("s", context.Memory.Zeros(memory.RowType));
        context.Copy(to, certain ? from : new Address($"({address} < {memory.Depth} ? {from} : {outside})", 0), bytes);
    }

    private void Write(WriteSink sink, List<Value> lanes)
    {
        var (row, bytes) = (new Address("s", context.Layout.Offset(sink.Memory)), StateLayout.RowBytes(sink.Memory));
        var certain = Ranges.Of(sink.Address).Max < sink.Memory.Depth;
        var address = context.Repeatable(sink.Address);
        if (!certain)
        {
            Writer.Open($"if ({address} < {sink.Memory.Depth})");
        }

        var name = context.Temporary("row");
        Writer.Line($"byte* {name} = {row.Plus(ScalarSteps.RowOffset(address, bytes))};");
        var to = new Address(name, 0);
        if (sink.Mask is null)
        {
            Store(sink.Data, lanes, to);
        }
        else
        {
            Masked(sink, to);
        }

        if (!certain)
        {
            Writer.Close();
        }
    }

    private void Masked(WriteSink sink, Address to)
    {
        var i = context.Temporary("i");
        var bytes = LaneStorage.ElementBytes(sink.Data.Type.Width);
        var (mask, data) = (context.Address(sink.Mask!).Plus($"{i}"), context.Address(sink.Data).Plus($"{i} * {bytes}"));
        Writer.Open($"for (nint {i} = 0; {i} < {sink.Data.Type.Lanes}; {i}++)");
        context.Changed();
        Writer.Line($"if ({mask.Element("byte")} != 0) Unsafe.CopyBlockUnaligned({to.Plus($"{i} * {bytes}")}, {data}, {bytes}u);");
        Writer.Close();
    }

    // Keeps the first claim that failed; 0 is none.
    private void Check(CheckSink sink)
    {
        var failed = new Address("s", failure).Element("int");
        var reset = new Address("s", context.Layout.ResetOfRegisters(sink.Claim.Domain)).Element("byte");
        Writer.Line($"if (!{context.Scalar(sink.Condition).Condition} && {reset} == 0 && ({failed} == 0 || {failed} > {sink.Index + 1})) {failed} = {sink.Index + 1};");
    }
}
