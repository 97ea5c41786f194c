namespace LoopLynx.Gen.Text;

/// <summary>Names in use in one module, nested blocks included, so that nothing hides anything.</summary>
internal sealed class NameTable
{
    private readonly HashSet<string> _used = [];

    /// <summary>Takes a name that a user chose: kept exactly, except that a keyword or a name already taken gets underscores at its end.</summary>
    public string User(string name)
    {
        while (Keywords.Contains(name) || !_used.Add(name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>Takes a name for something that the user didn't name: the wish, or the wish with the first free number from 2.</summary>
    public string Fresh(string wish)
    {
        var name = wish;
        for (var number = 2; Keywords.Contains(name) || !_used.Add(name); number++)
        {
            name = $"{wish}_{number}";
        }

        return name;
    }
}
