using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>One place of a definition where a clock samples values.</summary>
/// <param name="Target">The place.</param>
/// <param name="Roots">The values.</param>
/// <param name="Rows">Memory rows that are sampled besides, by a synchronous read.</param>
internal sealed record ClockSampler(ClockEndpoint Target, IReadOnlyList<Node> Roots, IReadOnlyList<ClockEndpoint> Rows)
{
    /// <summary>All of them; those of instances at the values that drive their inputs. What a handshake keeps unchanged may come from any clock and isn't listed.</summary>
    public static IEnumerable<ClockSampler> Of(Definition definition, IReadOnlyDictionary<Definition, ClockInterface> known)
    {
        foreach (var node in definition.Nodes)
        {
            switch (node)
            {
                case RegisterNode { Crossing: not CrossingKind.Held } r:
                    yield return new(new(r.Domain.Clock, "register", r.Name ?? "", r.Location, r.Type, r.Crossing), [r.Next], []);
                    break;
                case MemoryReadNode { Synchronous: true } m:
                    var rows = m.Crossing == CrossingKind.Held ? [] : ClockCone.Rows(m.Memory).ToArray();
                    yield return new(new(m.Domain.Clock, "read port", m.Name ?? "", m.Location, m.Type), m.Sampled, rows);
                    break;
            }
        }

        foreach (var (memory, write) in definition.Memories.SelectMany(m => m.Writes, (m, w) => (m, w)))
        {
            Node[] roots = [write.Address, write.Data, write.Enable, .. write.Mask is null ? (Node[])[] : [write.Mask]];
            yield return new(new(write.Domain.Clock, "write port of memory", memory.Name, write.Data.Location, memory.RowType), roots, []);
        }

        foreach (var claim in definition.Assertions)
        {
            yield return new(new(claim.Domain.Clock, "assertion", claim.Name, claim.Location, claim.Condition.Type), [claim.Condition], []);
        }

        foreach (var instance in definition.Instances)
        {
            foreach (var (port, value) in instance.Inputs)
            {
                foreach (var target in known[instance.Definition].Samplers[port.Name])
                {
                    yield return new(target.In(instance), [value], []);
                }
            }
        }
    }
}
