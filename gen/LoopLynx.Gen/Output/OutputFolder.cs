namespace LoopLynx.Gen;

/// <summary>Writes files so that a reader sees the old text or the new one, never a part: a temporary file beside the target, then a move.</summary>
public static class OutputFolder
{
    /// <summary>Writes one file and returns its path. A file that already has this text is left alone, so that build tools see no change.</summary>
    /// <exception cref="OutputException">The folder or the file can't be written.</exception>
    public static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        return OutputException.Guard(path, () =>
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(path) && File.ReadAllText(path) == text)
            {
                return path;
            }

            var temporary = path + ".tmp";
            try
            {
                File.WriteAllText(temporary, text);
                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            return path;
        });
    }
}
