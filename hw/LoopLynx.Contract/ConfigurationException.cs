namespace LoopLynx.Contract;

/// <summary>
/// A model, a numeric plan, a machine or a program that can't be built; the message is one line that says which rule it breaks and what to change.
/// </summary>
/// <param name="message">The rule, and what to do if <paramref name="advises"/>.</param>
/// <param name="advises">The message says what to do.</param>
public sealed class ConfigurationException(string message, bool advises = false) : Exception(message)
{
    /// <summary>The message says what to do; otherwise other channels, lanes or another model do.</summary>
    public bool Advises => advises;
}
