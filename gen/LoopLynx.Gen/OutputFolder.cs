namespace LoopLynx.Gen;

/// <summary>Writes files so that a reader sees the old text or the new one, never a part: a temporary file beside the target, then a move.</summary>
public static class OutputFolder
{
    /// <summary>Writes one file and returns its path. A file that already has this text is left alone, so that build tools see no change.</summary>
    /// <exception cref="OutputException">The folder or the file can't be written.</exception>
    public static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        var temporary = path + ".tmp";
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(path) && File.ReadAllText(path) == text)
            {
                return path;
            }

            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new OutputException($"can't write '{path}': {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
