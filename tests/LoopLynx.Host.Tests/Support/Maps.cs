namespace LoopLynx.Host.Tests;

/// <summary>Memory maps of machines that take a row beat in a cycle.</summary>
internal static class Maps
{
    public static MemoryMap Of(ModelDescription model, int channels, int lanes, int nodes = 1, int kvChannels = 0, NumericPlan? plan = null) =>
        new(Program(model, channels, lanes, nodes, kvChannels, plan));

    public static LayerProgram Program(ModelDescription model, int channels, int lanes, int nodes = 1, int kvChannels = 0, NumericPlan? plan = null) => LayerProgram.Create(
        model,
        plan ?? NumericPlan.Int8,
        new MachineShape { Channels = channels, BeatBytes = lanes, LayoutBeatBytes = lanes, ValuesPerCycle = lanes, Nodes = nodes, KvChannels = kvChannels });
}
