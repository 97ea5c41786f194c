using System.Runtime.InteropServices;
using System.Text;

namespace LoopLynx.Cli.Output;

/// <summary>
/// Standard output of the command. The runtime's own throws away what nobody reads any more and goes on; here the command ends at the first text
/// whose reader has gone, without a word, as <c>head</c> and its like expect.
/// </summary>
public static partial class StandardOutput
{
    /// <summary>Exit code of a command whose reader has gone: what a shell gives for a program that SIGPIPE ended.</summary>
    public const int ClosedCode = 141;

    private const int Descriptor = 1, Interrupted = 4, Again = 11, BrokenPipe = 32, NoSpace = 28;

    /// <summary>Makes <see cref="Console.Out"/> write there; each line leaves at once.</summary>
    public static void Install()
    {
        if (OperatingSystem.IsLinux())
        {
            Console.SetOut(new StreamWriter(new Output(), new UTF8Encoding(false)) { AutoFlush = true });
        }
    }

    /// <summary>Writes what is left; false where the reader has gone.</summary>
    public static bool Flush()
    {
        try
        {
            Console.Out.Flush();
            return true;
        }
        catch (OutputClosedException)
        {
            return false;
        }
        catch (IOException)
        {
            // Said already, by the command that couldn't write.
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ref byte bytes, nint count);

    private sealed class Output : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                var written = StandardOutput.Write(Descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
                if (written >= 0)
                {
                    buffer = buffer[(int)written..];
                    continue;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Interrupted:
                        break;
                    case Again:
                        Thread.Sleep(1);
                        break;
                    case BrokenPipe:
                        throw new OutputClosedException();
                    case NoSpace:
                        throw new IOException("can't write standard output: no space left on its disk");
                    case var error:
                        throw new IOException($"can't write standard output: {Marshal.GetPInvokeErrorMessage(error)}");
                }
            }
        }
    }
}
