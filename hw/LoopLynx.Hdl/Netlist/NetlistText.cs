using System.Text;

namespace LoopLynx.Hdl.Netlist;

/// <summary>The text form of a netlist: one line a node, in id order, stable from run to run.</summary>
public static class NetlistText
{
    /// <summary>All definitions, children first.</summary>
    public static string Of(Design design) => string.Join('\n', design.Definitions.Select(Of));

    /// <summary>One definition with its name.</summary>
    public static string Of(Definition definition) => $"(module {definition.Name}\n{Body(definition)})\n";

    /// <summary>A definition's contents without its name: equal text, equal hardware.</summary>
    public static string Body(Definition definition)
    {
        var text = new StringBuilder();
        foreach (var port in definition.Ports)
        {
            text.Append($"  ({(port.Direction == PortDirection.Input ? "input" : "output")} {port.Name} {port.Type} %{port.Node.Id})\n");
        }

        foreach (var memory in definition.Memories)
        {
            text.Append($"  (memory {memory.Name} {memory.Depth} {memory.RowType} {memory.Style}");
            foreach (var row in memory.Initial)
            {
                text.Append($" [{string.Join(' ', row)}]");
            }

            foreach (var write in memory.Writes)
            {
                text.Append($" (write {write.Domain.Text} %{write.Address.Id} %{write.Data.Id} %{write.Enable.Id}{(write.Mask is null ? "" : $" %{write.Mask.Id}")})");
            }

            text.Append(")\n");
        }

        foreach (var instance in definition.Instances)
        {
            var inputs = string.Concat(instance.Inputs.Select(i => $" ({i.Port.Name} %{i.Value.Id})"));
            text.Append($"  (instance {instance.Name} {instance.Definition.Name}{inputs}{(instance.Reset is { } reset ? $" (reset %{reset.Id})" : "")})\n");
        }

        foreach (var node in definition.Nodes)
        {
            text.Append($"  (%{node.Id} {node.Type} {Describe(node)}{(node.Name is null ? "" : $" \"{node.Name}\"")})\n");
        }

        foreach (var assertion in definition.Assertions)
        {
            text.Append($"  ({assertion.Kind.ToString().ToLowerInvariant()} {assertion.Name} %{assertion.Condition.Id} {assertion.Domain.Text})\n");
        }

        return text.ToString();
    }

    private static string Describe(Node node) => node switch
    {
        ConstNode c => c.IsUniform ? $"const {c.Values[0]}" : $"const [{string.Join(' ', c.Values)}]",
        InputNode => "input",
        WireNode w => $"wire %{w.Value.Id}",
        UnaryNode u => $"{u.Op}{Ids(u)}",
        BinaryNode b => $"{b.Op}{Ids(b)}",
        MuxNode => $"mux{Ids(node)}",
        CaseNode c => $"case [{string.Join(' ', c.Keys)}]{Ids(c)}",
        ConcatNode => $"concat{Ids(node)}",
        SliceNode s => $"slice {s.Low}{Ids(s)}",
        ResizeNode => $"resize{Ids(node)}",
        ReduceNode r => $"reduce {r.Op} {r.Group}{Ids(r)}",
        LaneMapNode m => $"lanes [{string.Join(' ', m.Map)}]{Ids(m)}",
        LaneConcatNode => $"join{Ids(node)}",
        LaneSelectNode => $"select{Ids(node)}",
        ReinterpretNode => $"reinterpret{Ids(node)}",
        RegisterNode r => $"register {r.Domain.Text}{Mark(r.Crossing)} [{string.Join(' ', r.Initial)}]{(r.HasReset ? " reset" : "")}{(r.States.IsEmpty ? "" : $" states [{string.Join(' ', r.States)}]")} %{r.Next.Id}",
        MemoryReadNode m => $"read {m.Memory.Name}{(m.Synchronous ? " " + m.Domain.Text : "")}{(m.Crossing == CrossingKind.None ? "" : $" (held {m.Domain.Text})")} %{m.Address.Id}{(m.Enable is null ? "" : $" %{m.Enable.Id}")}",
        InstanceOutputNode o => $"of {o.Instance.Name} {o.Port.Name}",
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no text form"),
    };

    private static string Mark(CrossingKind crossing) => crossing switch
    {
        CrossingKind.None => "",
        CrossingKind.Synchroniser => " (synchroniser)",
        CrossingKind.SynchroniserStage => " (stage)",
        _ => " (held)",
    };

    private static string Ids(Node node) => string.Concat(node.Operands.Select(o => $" %{o.Id}"));
}
