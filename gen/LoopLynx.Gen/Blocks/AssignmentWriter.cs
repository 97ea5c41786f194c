using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Graph;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>Writes what drives wires and registers.</summary>
internal sealed class AssignmentWriter(ModuleScope module, IReadOnlyDictionary<string, Net> clocks)
{
    /// <summary>Whether the wires of the group are assigned in a process.</summary>
    public static bool NeedsProcess(AssignmentGroup group) => group.Register is null && group.Plain is null;

    /// <summary>A wire with one value: an <c>assign</c>, or a declaration with a value where the wire is no port.</summary>
    public void Wire(Node wire, Node value, SourceLocation at)
    {
        var net = module.HasNet(wire) ? module.NetOf(wire) : module.Add(wire, declared: false);
        if (module.Printing.IsPrivate(value) && value is not ConstNode && ValueBlocks.Needs(module, value) && value.Type.Bits == wire.Type.Bits)
        {
            module.Materialise(value, net);
            return;
        }

        var attribute = module.Printing.IsPrivate(value) ? OperationWriter.Attribute(value) : "";
        module.Drive(net, module.RightHandSide(value), at, net.Declared ? "" : attribute);
    }

    /// <summary>Wires with conditions: a process that runs whenever something that it reads changes.</summary>
    public void Process(AssignmentGroup group)
    {
        var text = new CodeText();
        text.Open("always @* begin");
        new StatementWriter(module, "=").Write(group.Statements, text);
        text.Close("end");
        module.Body.Gap();
        module.Body.Append(text);
        module.Body.Gap();
    }

    /// <summary>Registers with structured assignments.</summary>
    public void Registers(AssignmentGroup group)
    {
        if (group.Plain is { } plain)
        {
            Plain(group.Register!, plain.Value, plain.Location);
        }
        else
        {
            Clocked([.. group.Targets.Cast<RegisterNode>()], text => new StatementWriter(module, "<=").Write(group.Statements, text));
        }
    }

    /// <summary>A register without structured assignments; one that keeps its value needs no process.</summary>
    public void Register(RegisterNode register)
    {
        if (register.Next != register)
        {
            Plain(register, register.Next, register.Location);
        }
    }

    /// <summary>A pipeline register over lanes: the loop that computes the lanes holds the registers too.</summary>
    private bool Lanes(RegisterNode register, Node value)
    {
        if (register.HasReset || IsSynchroniser(register) || !module.Printing.IsPrivate(value) || !module.Printing.IsLoop(value))
        {
            return false;
        }

        module.Body.Gap();
        LoopWriter.Write(module, value, module.NetOf(register), clocks[register.Domain.Clock].Whole.Text);
        return true;
    }

    /// <summary>Whether tools must keep the register as it is, beside the one before, and let it settle.</summary>
    public static bool IsSynchroniser(RegisterNode register) => register.Crossing is CrossingKind.Synchroniser or CrossingKind.SynchroniserStage;

    private void Plain(RegisterNode register, Node value, SourceLocation at)
    {
        if (!Lanes(register, value))
        {
            Clocked([register], text => Next(text, register, value, at));
        }
    }

    private void Next(CodeText text, RegisterNode register, Node value, SourceLocation at)
    {
        if (module.Printing.IsPrivate(value) && !IsSynchroniser(register))
        {
            module.NetOf(register).Attribute = OperationWriter.Attribute(value) is { Length: > 0 } dsp && !ValueBlocks.Needs(module, value) ? dsp : "";
        }

        text.Line($"{module.NetOf(register).Name} <= {module.RightHandSide(value).Text};", at);
    }

    private void Clocked(IReadOnlyList<RegisterNode> registers, Action<CodeText> body)
    {
        var (domain, hasReset) = (registers[0].Domain, registers[0].HasReset);
        var text = new CodeText();
        text.Open($"always @({(hasReset ? ResetWriter.Edges(domain, clocks) : $"posedge {clocks[domain.Clock].Whole.Text}")}) begin");
        if (hasReset)
        {
            text.Open($"if ({ResetWriter.Asserted(domain, clocks)}) begin");
            foreach (var register in registers)
            {
                text.Line($"{module.NetOf(register).Name} <= {Literal.Packed(register.Type, register.Initial).Text};");
            }

            text.Next("end else begin");
        }

        body(text);
        if (hasReset)
        {
            text.Close("end");
        }

        text.Close("end");
        module.Body.Gap();
        module.Body.Append(text);
    }
}
