using static LoopLynx.Contract.Rule;

namespace LoopLynx.Accelerator;

/// <summary>Which kernel serves which operation. The golden model has the table of the functions that the kernels must equal.</summary>
public sealed record OperationTable
{
    private readonly OperationEntry[] _entries;

    private OperationTable(OperationEntry[] entries) => _entries = entries;

    /// <summary>The operations of the contract.</summary>
    public static OperationTable Default { get; } = new(
    [
        new(Key(typeof(Transport)), new TransportBinding()),
        new(Key(typeof(Product)), new ProductBinding()),
        new(Key(typeof(Attend)), new AttendBinding()),
        new(Key(typeof(Normalise)), new NormBinding()),
    ]);

    /// <summary>The table with one more operation.</summary>
    public OperationTable With<T>(KernelBinding kernel) where T : Operation =>
        new([.. _entries.Where(e => e.Operation != Key(typeof(T))), new OperationEntry(Key(typeof(T)), kernel)]);

    /// <summary>The kernel of a step.</summary>
    public KernelBinding Of(ProgramStep step) => _entries.First(e => e.Operation == Key(step.Operation.GetType())).Kernel;

    /// <summary>The kernels that a program needs, with the steps of each, in the order of the table.</summary>
    public IEnumerable<(KernelBinding Binding, IReadOnlyList<ProgramStep> Steps)> Kernels(LayerProgram program) =>
        from entry in _entries
        group entry by entry.Kernel.Kernel into kernel
        let operations = kernel.Select(e => e.Operation).ToHashSet()
        let steps = program.Steps.Where(s => operations.Contains(Key(s.Operation.GetType()))).ToList()
        where steps.Count > 0
        select (kernel.First().Kernel, (IReadOnlyList<ProgramStep>)steps);

    /// <summary>Checks that every step has a kernel.</summary>
    /// <exception cref="ConfigurationException">One has none.</exception>
    public void Check(LayerProgram program)
    {
        foreach (var step in program.Steps)
        {
            var operation = step.Operation.GetType();
            Require(
                _entries.Any(e => e.Operation == Key(operation)),
                $"no kernel serves {step.Name} ({operation.Name}): add one to the table of operations", advises: true);
        }
    }

    /// <inheritdoc/>
    public bool Equals(OperationTable? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Aggregate(0, HashCode.Combine);

    private static string Key(Type operation) => operation.AssemblyQualifiedName!;
}
