namespace LoopLynx.Runtime;

/// <summary>
/// A queue inside the object that has it: how much it holds lies beside the object's own fields, and not in memory of its own, which has often left the
/// processor's cache by the next cycle. It grows as it needs to.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
internal struct InlineQueue<T>
{
    private T[] _items;
    private int _first;

    /// <summary>An empty queue.</summary>
    /// <param name="capacity">A power of two: how much it holds before it grows.</param>
    public InlineQueue(int capacity) => _items = new T[capacity];

    /// <summary>How much it holds.</summary>
    public int Count { get; private set; }

    /// <summary>What is next; there is something.</summary>
    public readonly ref readonly T Next => ref _items[_first];

    /// <summary>Adds something behind all others.</summary>
    public void Enqueue(T item)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[(_first + Count++) & (_items.Length - 1)] = item;
    }

    /// <summary>Takes what is next; there is something.</summary>
    public T Dequeue()
    {
        var item = _items[_first];
        _items[_first] = default!;
        _first = (_first + 1) & (_items.Length - 1);
        Count--;
        return item;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_items);
        (_first, Count) = (0, 0);
    }

    private void Grow()
    {
        var items = new T[2 * _items.Length];
        for (var i = 0; i < Count; i++)
        {
            items[i] = _items[(_first + i) & (_items.Length - 1)];
        }

        (_items, _first) = (items, 0);
    }
}
