using LoopLynx.Gen.Tests.Designs;
using LoopLynx.Gen.Tests.Support;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Tests;

public class SmokeTests
{
    [Fact]
    public void Mac()
    {
        var design = Elaborator.Elaborate(new Mac(4));
        Console.WriteLine(VerilogBackend.Emit(design)[0].Text);
        using var folder = new WorkFolder(design);
        folder.Lint();
        Differential.Check(design);
    }
}
