using System.Numerics;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Compiled.Planning;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Writes the methods of one planned function.</summary>
internal sealed class FunctionEmitter(FunctionPlan plan, StepContext context, StepEmitter steps, WakeCode wakes)
{
    /// <summary>Compiled for speed at once: generated methods may never return to be replaced by a better version.</summary>
    public const string Attributes = "[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]";

    private CSharpWriter Writer => context.Writer;

    /// <summary>Writes the function and everything that it calls.</summary>
    /// <param name="afterwards">Writes statements at the end of the function.</param>
    public void Emit(Action afterwards)
    {
        var methods = new List<Method>();
        Collect(plan.Root, methods);
        var stepsOf = plan.Steps.ToLookup(s => s.Method);
        foreach (var method in methods)
        {
            Open($"static void {method.Name}(byte* s)");
            context.Watches = new Watches(wakes, stepsOf[method], Writer);
            method.Steps.ForEach(Emit);
            context.End();
            Writer.Close();
            Writer.Close();
        }

        if (plan.Sleeps)
        {
            Writer.Line(Attributes);
            Writer.Line($"public static void {plan.Name}(byte* s) {{ {WakeCode.Inputs}(s); {plan.AwakeName}(s); }}");
        }

        Open($"public static void {plan.AwakeName}(byte* s)");
        wakes.Begin(plan);
        foreach (var state in plan.Shadows)
        {
            context.Copy(new Address("s", context.Memory.Shadow(state)), new Address("s", context.Layout.Offset(state.Node!)), LaneStorage.Bytes(state.Type));
        }

        if (plan.Groups.Count == 0)
        {
            Call(plan.Root.Methods);
        }

        CallGroups();
        afterwards();
        Writer.Close();
        Writer.Close();
    }

    private static void Collect(Region region, List<Method> methods)
    {
        methods.AddRange(region.Methods);
        foreach (var arm in region.Steps.SelectMany(s => s.Arms))
        {
            Collect(arm.Region, methods);
        }
    }

    // Constants of the generated code may wrap.
    private void Open(string head)
    {
        Writer.Line(Attributes);
        Writer.Open(head);
        Writer.Open("unchecked");
    }

    private void CallGroups()
    {
        // Most groups sleep, so eight are asked at a time first.
        foreach (var eight in plan.Groups.Where(g => g.Sleeps).GroupBy(g => g.Bit / 8))
        {
            wakes.TestEight(eight.Key);
            foreach (var group in eight)
            {
                wakes.Test(group);
                Call(group.Methods);
                Writer.Close();
            }

            Writer.Close();
        }

        foreach (var late in plan.Groups.Where(g => !g.Sleeps))
        {
            Call(late.Methods);
        }
    }

    private void Call(IEnumerable<Method> methods)
    {
        foreach (var method in methods)
        {
            Writer.Line($"{method.Name}(s);");
        }
    }

    private void Emit(Step step)
    {
        if (step.Kind is StepKind.Compute or StepKind.Sink)
        {
            steps.Emit(step);
            return;
        }

        if (step.Kind == StepKind.Late)
        {
            Emit("", step.Arms[0].Region);
            return;
        }

        steps.Emit(step);
        Branch(step);
    }

    private void Branch(Step step)
    {
        var arms = step.Arms.Where(a => a.Region.Steps.Count > 0).ToList();
        if (arms.Count == 0)
        {
            return;
        }

        var selector = step.Root!;
        if (selector.Type.IsBit && step.Arms.TrueForAll(a => a.Keys.Length == 0 || a.Keys is [{ IsOne: true }]))
        {
            var condition = context.Scalar(selector).Condition;
            var then = arms.Find(a => a.Keys.Length > 0);
            var otherwise = arms.Find(a => a.Keys.Length == 0);
            Emit(then is null ? $"if (!{condition})" : $"if ({condition})", (then ?? otherwise)!.Region);
            if (then is not null && otherwise is not null)
            {
                Emit("else", otherwise.Region);
            }

            return;
        }

        var type = ScalarType.Of(selector.Type);
        Writer.Open($"switch ({context.Scalar(selector).Text})");
        foreach (var arm in step.Arms.OrderBy(a => a.Keys.Length == 0))
        {
            Writer.Line(arm.Keys.Length == 0 ? "default:" : string.Join(' ', arm.Keys.Select((BigInteger k) => $"case {type.Literal(k)}:")));
            Emit("", arm.Region);
            Writer.Line("break;");
        }

        Writer.Close();
    }

    private void Emit(string head, Region region)
    {
        Writer.Open(head);
        if (region.Methods.Count > 0)
        {
            Call(region.Methods);
        }
        else
        {
            region.Steps.ForEach(Emit);
        }

        Writer.Close();
    }
}
