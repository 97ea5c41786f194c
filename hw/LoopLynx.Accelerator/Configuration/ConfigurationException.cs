namespace LoopLynx.Accelerator;

/// <summary>A configuration that can't be built; the message is one line that says which rule it breaks and what to change.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
