using LoopLynx.Verilator;

namespace LoopLynx.Fuzz.Engines;

/// <summary>The emitted Verilog of a batch in Verilator against the traces.</summary>
public static class VerilatorCheck
{
    /// <summary>Name of the engine in reports.</summary>
    public const string Name = "verilator";

    /// <summary>The first mismatch of each case that has one.</summary>
    public static IEnumerable<(FuzzCase Case, Mismatch Mismatch)> Run(BatchDesign batch, CancellationToken cancel)
    {
        // A model that runs for some cycles isn't worth optimising, and isn't worth keeping either.
        using var engine = new VerilatorEngine(batch.Design, new VerilatorOptions { CompilerFlags = ["-O0"], Flags = ["--x-assign", "unique"], Cancellation = cancel });
        if (!engine.Model.FromCache)
        {
            Directory.Delete(Path.GetDirectoryName(engine.Model.Library)!, recursive: true);
        }

        var inputs = Trace.Ports(batch.Design, Hdl.Netlist.PortDirection.Input);
        var outputs = Trace.Ports(batch.Design, Hdl.Netlist.PortDirection.Output);
        var found = new Dictionary<FuzzCase, Mismatch>();
        for (var cycle = 0; cycle < batch.Cycles; cycle++)
        {
            var at = cycle;
            foreach (var (port, value) in inputs.Zip(batch.Cases.SelectMany(c => c.Trace.Inputs[at])))
            {
                value.CopyTo(engine.Input(port));
            }

            foreach (var domain in batch.Design.Top.Domains)
            {
                engine.Reset(domain, Trace.Reset(domain, cycle));
            }

            engine.Settle();
            var expected = batch.Cases.SelectMany(c => c.Trace.OutputPorts.Zip(c.Trace.Outputs[at], (port, value) => (Case: c, Port: port, Value: value)));
            foreach (var (port, (owner, own, value)) in outputs.Zip(expected))
            {
                var actual = engine.Output(port);
                if (!actual.SequenceEqual(value))
                {
                    found.TryAdd(owner, new Mismatch(Name, cycle, $"'{own.Name}' ({own.Type})", PortBits.Hex(own.Type, value), PortBits.Hex(own.Type, actual)));
                }
            }

            engine.Tick();
        }

        return found.Select(f => (f.Key, f.Value));
    }
}
