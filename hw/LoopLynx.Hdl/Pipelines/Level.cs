namespace LoopLynx.Hdl;

/// <summary>What ties a value in a pipeline to a beat.</summary>
internal enum LevelKind
{
    /// <summary>The same for every beat under way: a constant or a held value, from level <see cref="Level.Count"/> on.</summary>
    Any,

    /// <summary>The value of the beat that entered <see cref="Level.Count"/> edges before.</summary>
    Beat,

    /// <summary>Nothing: it comes from outside, or from a register that nothing has driven yet.</summary>
    Outside,

    /// <summary>Values of several beats.</summary>
    Mixed,
}

/// <summary>Where a value stands in a pipeline.</summary>
/// <param name="Kind">What ties it to a beat.</param>
/// <param name="Count">Register levels behind the beat's entry.</param>
internal readonly record struct Level(LevelKind Kind, int Count = 0)
{
    /// <summary>The value of another register level.</summary>
    public Level Next => Behind(1);

    /// <summary>Whether the level is a beat's.</summary>
    public bool IsBeat => Kind == LevelKind.Beat;

    /// <summary>Whether it is said where the value stands.</summary>
    public bool IsKnown => Kind is LevelKind.Any or LevelKind.Beat;

    /// <summary>The value some register levels later.</summary>
    public Level Behind(int levels) => IsKnown ? this with { Count = Count + levels } : this;

    /// <summary>The level of a combination of values that nothing has brought to one level.</summary>
    public static Level Of(IEnumerable<Level> levels)
    {
        var result = new Level(LevelKind.Any);
        foreach (var level in levels)
        {
            result = (result.Kind, level.Kind) switch
            {
                (LevelKind.Outside, _) or (_, LevelKind.Outside) => new Level(LevelKind.Outside),
                (LevelKind.Mixed, _) or (_, LevelKind.Mixed) => new Level(LevelKind.Mixed),
                (LevelKind.Any, LevelKind.Any) => level.Count > result.Count ? level : result,
                (LevelKind.Beat, LevelKind.Beat) => level == result ? result : new Level(LevelKind.Mixed),
                (LevelKind.Any, _) => result.Count <= level.Count ? level : new Level(LevelKind.Mixed),
                _ => level.Count <= result.Count ? result : new Level(LevelKind.Mixed),
            };
        }

        return result;
    }
}
