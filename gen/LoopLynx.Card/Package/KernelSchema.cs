namespace LoopLynx.Card.Package;

/// <summary>The schema of a kernel's description: XML Schema 1.0.</summary>
public static class KernelSchema
{
    /// <summary>Its text.</summary>
    public static string Text => Resources.Read("kernel.xsd");
}
