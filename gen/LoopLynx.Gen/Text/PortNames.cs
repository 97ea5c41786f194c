using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Text;

/// <summary>Names that a definition shows to the modules that instantiate it. Both sides compute them alike.</summary>
internal static class PortNames
{
    /// <summary>Name of the module, and of its file.</summary>
    public static string Module(Definition definition) => new NameTable().User(definition.Name);

    /// <summary>Verilog names of clock and reset ports, then of <see cref="Definition.Ports"/>; they are taken from <paramref name="names"/>.</summary>
    public static (IReadOnlyDictionary<string, string> Domains, IReadOnlyDictionary<PortInfo, string> Ports) Of(Definition definition, NameTable names)
    {
        var domains = new Dictionary<string, string>();
        foreach (var domain in definition.Domains)
        {
            domains.TryAdd(domain.Clock, names.User(domain.Clock));
            if (!domains.ContainsKey(domain.Reset))
            {
                domains.Add(domain.Reset, names.User(domain.Reset));
            }
        }

        return (domains, definition.Ports.ToDictionary(p => p, p => names.User(p.Name)));
    }
}
