using System.Runtime.InteropServices;

namespace LoopLynx.Gen;

/// <summary>The user's folder for what can be made anew: built models, mapped netlists.</summary>
public static partial class UserCache
{
    /// <summary>
    /// The folder of one kind of content, which isn't made here: <c>looplynx/NAME</c> in <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>. A relative path in
    /// either variable is left aside; without a home it is a folder of this user's among the temporary ones.
    /// </summary>
    /// <param name="name">The kind of content, a folder's name.</param>
    public static string Folder(string name) => Path.Combine(Root(), "looplynx", name);

    /// <summary>The number of the user that this process runs as, on Unix.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint UserId();

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathFullyQualified(cache))
        {
            return cache;
        }

        return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home && Path.IsPathFullyQualified(home)
            ? Path.Combine(home, ".cache")
            : Path.Combine(Path.GetTempPath(), $"looplynx-{UserId()}");
    }
}
