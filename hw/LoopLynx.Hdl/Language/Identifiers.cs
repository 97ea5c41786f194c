using System.Text;

namespace LoopLynx.Hdl;

/// <summary>Turns C# names into identifiers that every consumer of the netlist accepts.</summary>
internal static class Identifiers
{
    /// <summary>Letters, digits and underscores, not starting with a digit.</summary>
    public static string Clean(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        var clean = text.ToString().Trim('_');
        return clean.Length == 0 ? "unnamed" : char.IsAsciiDigit(clean[0]) ? "n" + clean : clean;
    }

    /// <summary>The variable's name in an <c>out var name</c> argument.</summary>
    public static string OfOut(string expression) => expression.Split(' ')[^1].Split('.')[^1];

    /// <summary><c>MatrixSlice</c> to <c>matrixSlice</c>.</summary>
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
