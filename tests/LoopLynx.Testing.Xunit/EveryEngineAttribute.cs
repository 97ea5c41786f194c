using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace LoopLynx.Testing;

/// <summary>
/// Runs a theory with one <see cref="EngineKind"/> parameter on every engine: <c>[Theory, EveryEngine] public void Adds(EngineKind kind)</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryEngineAttribute : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. TestEngines.Kinds.Select(kind => new TheoryDataRow<EngineKind>(kind))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
