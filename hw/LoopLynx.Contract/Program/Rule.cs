namespace LoopLynx.Contract;

/// <summary>States a rule: one text, thrown when it doesn't hold.</summary>
public static class Rule
{
    /// <summary>Throws when a rule doesn't hold.</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="text">What is broken, with its numbers.</param>
    /// <param name="advises">Whether the text says what to use instead.</param>
    /// <exception cref="ConfigurationException">It doesn't hold.</exception>
    public static void Require(bool holds, string text, bool advises = false)
    {
        if (!holds)
        {
            throw new ConfigurationException(text, advises);
        }
    }
}
