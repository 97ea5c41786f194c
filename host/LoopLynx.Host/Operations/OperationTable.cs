namespace LoopLynx.Host;

/// <summary>Which <see cref="HostOperation"/> computes an operation, by the operation's class. Immutable.</summary>
public sealed class OperationTable
{
    private readonly IReadOnlyDictionary<Type, HostOperation> _entries;

    private OperationTable(IReadOnlyDictionary<Type, HostOperation> entries) => _entries = entries;

    /// <summary>The operations that the product has.</summary>
    public static OperationTable Default { get; } = new(new Dictionary<Type, HostOperation>
    {
        [typeof(Normalise)] = new NormaliseOperation(),
        [typeof(Product)] = new ProductOperation(),
        [typeof(Attend)] = new AttendOperation(),
    });

    /// <summary>What computes an operation: the entry of its class, or of the nearest class that it derives from.</summary>
    /// <exception cref="HostException">There is no entry.</exception>
    public HostOperation this[Operation operation]
    {
        get
        {
            for (var type = operation.GetType(); type is not null; type = type.BaseType)
            {
                if (_entries.TryGetValue(type, out var entry))
                {
                    return entry;
                }
            }

            throw new HostException($"nothing computes the operation \"{operation.Text}\"; add an entry for {operation.GetType().Name} to the operation table");
        }
    }

    /// <summary>The table with one more entry, or another one.</summary>
    /// <typeparam name="TOperation">Class of the operations that the entry computes.</typeparam>
    public OperationTable With<TOperation>(HostOperation entry)
        where TOperation : Operation => new(new Dictionary<Type, HostOperation>(_entries) { [typeof(TOperation)] = entry });
}
