using LoopLynx.Cli.Commands;

return await CommandLine.Run(args);
