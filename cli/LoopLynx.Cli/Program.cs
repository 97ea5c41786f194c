using LoopLynx.Cli.Commands;
using LoopLynx.Cli.Output;

StandardOutput.Install();
using var interruption = new Interruption();
var code = await CommandLine.Run(args, interruption);
return StandardOutput.Flush() ? code : StandardOutput.ClosedCode;
