using LoopLynx.Host.Tests;

[assembly: AssemblyFixture(typeof(ShakespeareFixture))]

namespace LoopLynx.Host.Tests;

/// <summary>The shipped model, loaded and quantised once for all tests.</summary>
public sealed class ShakespeareFixture
{
    public LoadedModel Model { get; } = LoadedModel.Load(Repository.ShakespeareModel);
}
