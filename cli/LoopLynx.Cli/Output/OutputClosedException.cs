namespace LoopLynx.Cli.Output;

/// <summary>Nobody reads standard output any more: the command ends without a message.</summary>
public sealed class OutputClosedException : Exception;
