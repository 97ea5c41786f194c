using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// The compiled engine's own memory behind the shared state block: values that cross methods or live in memory, copies of old register values, and constants.
/// Nothing in it outlives a cycle except the constants, and the values of groups that sleep.
/// </summary>
internal sealed class PrivateRegion(int start)
{
    // Generated code may read (never write) a whole vector or word at the last byte of a value.
    private const int Slack = 128;

    private readonly Dictionary<Value, int> _slots = [];
    private readonly Dictionary<Value, int> _shadows = [];
    private readonly Dictionary<Value, int> _constants = [];
    private readonly Dictionary<int, int> _zeros = [];
    private readonly List<(int Offset, byte[] Bytes)> _image = [];
    private int _end = start;

    /// <summary>Bytes of the state block and this region.</summary>
    public int Size => _end + Slack;

    /// <summary>Constant bytes and where they go.</summary>
    public IReadOnlyList<(int Offset, byte[] Bytes)> Image => _image;

    /// <summary>Where a computed value lies: its lanes, or a pointer.</summary>
    public int Slot(Value value) => Get(_slots, value, () => Place(value.Form == ValueForm.DynamicView ? Math.Max(8, LaneStorage.Bytes(value.Type)) : LaneStorage.Bytes(value.Type)));

    /// <summary>
    /// Gives the values of the next function slots of their own. Functions share them where nothing outlives a cycle,
    /// but a group that sleeps leaves its values for the next one.
    /// </summary>
    public void Separate() => _slots.Clear();

    /// <summary>Where the old value of a register is copied.</summary>
    public int Shadow(Value state) => Get(_shadows, state, () => Place(LaneStorage.Bytes(state.Type)));

    /// <summary>Where a constant lies with all its lanes.</summary>
    public int Constant(Value value) => Get(_constants, value, () =>
    {
        var bytes = new byte[LaneStorage.Bytes(value.Type)];
        for (var lane = 0; lane < value.Integers.Length; lane++)
        {
            LaneStorage.Write(bytes, value.Type, lane, value.Integers[lane]);
        }

        return Constant(bytes);
    });

    /// <summary>Adds constant bytes.</summary>
    public int Constant(byte[] bytes)
    {
        var offset = Place(bytes.Length);
        _image.Add((offset, bytes));
        return offset;
    }

    /// <summary>Reserves scratch memory.</summary>
    public int Place(int bytes)
    {
        var align = bytes >= 32 ? 64 : 8;
        var offset = (_end + align - 1) / align * align;
        _end = offset + bytes;
        return offset;
    }

    /// <summary>Zeros for reads past the end of a memory.</summary>
    public int Zeros(HdlType type) => Get(_zeros, LaneStorage.Bytes(type), () => Place(LaneStorage.Bytes(type)));

    private static int Get<TKey>(Dictionary<TKey, int> table, TKey key, Func<int> place) where TKey : notnull
    {
        if (!table.TryGetValue(key, out var offset))
        {
            table[key] = offset = place();
        }

        return offset;
    }
}
