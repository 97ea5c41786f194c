// One set of packages for all tests: packing and restoring takes seconds.
[assembly: AssemblyFixture(typeof(LoopLynx.Packages.Tests.PackageFeed))]
