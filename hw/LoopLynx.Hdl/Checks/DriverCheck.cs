using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>
/// Every wire, output and child input has a value on every path. Also writes the resolved values into the nodes.
/// HDL0201: never driven. HDL0204: driven on some paths only (a latch). HDL0205: a ready of a stream that nobody drives.
/// </summary>
internal static class DriverCheck
{
    /// <returns>Whether every target has a value.</returns>
    public static bool Run(Builder builder, Dictionary<Node, Node?> values)
    {
        var complete = true;
        foreach (var node in builder.Arena.Nodes.ToArray())
        {
            values.TryGetValue(node, out var value);
            switch (node)
            {
                case RegisterNode register:
                    register.Next = value ?? register;
                    break;
                case WireNode wire when value is null:
                    complete = false;
                    wire.Value = builder.Arena.Const(wire.Type, 0);
                    ReportMissing(builder, wire, values.ContainsKey(node));
                    break;
                case WireNode wire:
                    wire.Value = value;
                    break;
            }
        }

        return complete;
    }

    private static void ReportMissing(Builder builder, WireNode wire, bool sometimes)
    {
        if (builder.WasRejected(wire))
        {
            return;
        }

        var name = builder.SourceName(wire);
        if (sometimes)
        {
            builder.Report("HDL0204", $"'{name}' has no value when none of its conditions hold", FirstAssignment(builder, wire),
                "drive a default before the When, or add an Else (a wire can't hold; use a Register for that)", ("declared", wire.Location));
        }
        else if (builder.IsReady(wire))
        {
            builder.Report("HDL0205", $"nothing drives '{name}', so the stream can't move", wire.Location, "connect the stream to a consumer, or drive its Ready");
        }
        else
        {
            builder.Report("HDL0201", $"'{name}' ({wire.Type}) is never driven", wire.Location, $"add {name}.Drive(...)");
        }
    }

    private static SourceLocation FirstAssignment(Builder builder, Node wire)
    {
        var pending = new Stack<Statement>(builder.Body.Reverse());
        while (pending.TryPop(out var statement))
        {
            switch (statement)
            {
                case AssignStatement assign when ReferenceEquals(assign.Target, wire):
                    return assign.Location;
                case IfStatement conditional:
                    Push(conditional.Else);
                    Push(conditional.Then);
                    break;
                case SwitchStatement choice:
                    Push(choice.Default);
                    foreach (var arm in choice.Arms.Reverse())
                    {
                        Push(arm.Body);
                    }

                    break;
            }
        }

        return wire.Location;

        void Push(IEnumerable<Statement> body)
        {
            foreach (var statement in body.Reverse())
            {
                pending.Push(statement);
            }
        }
    }
}
