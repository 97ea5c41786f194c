using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>Plans one generated function: branches, steps, order, methods.</summary>
internal sealed class Planner(IReadOnlyList<Value> values, CompiledOptions options, Func<Value, bool> canVectorise)
{
    /// <param name="name">The function.</param>
    /// <param name="sinks">What it does.</param>
    /// <param name="sleeps">From how many statements on parts of it are left out while their inputs hold; null: never.</param>
    public FunctionPlan Plan(string name, IReadOnlyList<Sink> sinks, int? sleeps)
    {
        var late = new HashSet<MemoryInfo>();
        while (true)
        {
            var branches = new EnableBranches(options.EnableBranches, options.Planted);
            foreach (var sink in sinks)
            {
                branches.Add(sink, sink is WriteSink w && late.Contains(w.Memory));
            }

            var plan = new FunctionPlan(name, branches.Root, branches.Steps, late);
            new StepBuilder(branches, plan, options.Fusion, canVectorise, options.Planted).Run(values);

            // Branches that read each other's memories: write those at the end, from copies of what was read.
            int? group = plan.Root.Steps.Sum(StepWeight.Total) >= sleeps ? options.GroupStatements : null;
            var cyclic = StepOrder.Run(plan, options.InPlace, group, options.Planted);
            if (cyclic.Count == 0)
            {
                new MethodPartition(plan, options.MethodStatements).Run();
                return plan;
            }

            if (cyclic.IsSubsetOf(late))
            {
                throw new InvalidOperationException($"no order of the memory writes of {string.Join(", ", cyclic.Select(m => m.Name))}");
            }

            late.UnionWith(cyclic);
        }
    }
}
