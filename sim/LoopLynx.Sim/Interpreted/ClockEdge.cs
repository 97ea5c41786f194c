using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>
/// What happens at one edge of some clock domains. All inputs are slots of the settled plan, which keep their old values, so the order of updates
/// is free except in memories: rows are read before they are written, and later write ports win.
/// </summary>
internal sealed unsafe class ClockEdge(StateLayout layout, EvaluationPlan plan, Func<ClockDomain, bool> ticks)
{
    private readonly ClaimCheck[] _claims = [.. layout.Flat.Assertions
        .Where(claim => claim.Kind != AssertionKind.Cover && ticks(claim.Domain))
        .Select(claim => new ClaimCheck(claim, plan[claim.Condition], layout.ResetOfRegisters(claim.Domain)))];

    private readonly StateUpdate[] _updates = [
        .. layout.Registers
            .Where(register => ticks(register.Domain))
            .Select(register => new RegisterUpdate(register, layout, plan)),
        .. layout.Flat.Nodes.OfType<MemoryReadNode>()
            .Where(read => read.Synchronous && ticks(read.Domain))
            .Select(read => new ReadPortUpdate(read, layout, plan)),
        .. layout.Flat.Memories
            .SelectMany(memory => memory.Writes, (memory, write) => (memory, write))
            .Where(port => ticks(port.write.Domain))
            .Select(port => new WritePortUpdate(port.memory, port.write, layout, plan))];

    private readonly (int From, int To)[] _resets = [.. layout.ResetMoves(layout.Resets([.. layout.Flat.Domains.Where(ticks)]))];

    /// <summary>The nodes whose settled values decide about the edges of all domains.</summary>
    public static IEnumerable<Node> Inputs(Definition flat) => [
        .. flat.Nodes.SelectMany(node => node.Sampled),
        .. flat.Memories.SelectMany(memory => memory.Writes).SelectMany(write => (Node?[])[write.Address, write.Data, write.Enable, write.Mask]).OfType<Node>(),
        .. flat.Assertions.Where(claim => claim.Kind != AssertionKind.Cover).Select(claim => claim.Condition)];

    /// <summary>Throws for the first claim that doesn't hold outside reset.</summary>
    public void Check(byte* state, long cycle)
    {
        foreach (var check in _claims)
        {
            if (state[check.Reset] == 0 && *check.Condition.Data == 0)
            {
                throw new AssertionFailedException(check.Claim.Name, check.Claim.Message, cycle);
            }
        }
    }

    /// <summary>Moves the state over the edge.</summary>
    public void Commit(byte* state)
    {
        foreach (var update in _updates)
        {
            update.Run(state);
        }

        foreach (var (from, to) in _resets)
        {
            state[to] = state[from];
        }
    }

    private readonly record struct ClaimCheck(AssertionInfo Claim, Slot Condition, int Reset);
}
