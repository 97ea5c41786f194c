global using Xunit;

// The command line writes to the process's console and reads its PATH: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
