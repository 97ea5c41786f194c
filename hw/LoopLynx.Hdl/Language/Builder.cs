using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>Collects the contents of one module while its <see cref="Module.Build"/> runs. This part: scope, names, errors, ports and instances.</summary>
internal sealed partial class Builder(Module module, List<Diagnostic> diagnostics)
{
    [ThreadStatic]
    private static Stack<Builder>? _active;

    private readonly Dictionary<PortDeclaration, Node> _ports = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<Module, InstanceInfo> _instances = [];
    private readonly Dictionary<Node, string> _childInputs = [];
    private readonly List<Action> _last = [];

    public static Builder Current => Active.TryPeek(out var top)
        ? top
        : throw new HdlException("HDL0002", "hardware can only be described inside a module's Build method", "move it into Build; field initialisers make ports and types only");

    public static Builder? CurrentOrNull => Active.TryPeek(out var top) ? top : null;

    public NodeArena Arena { get; } = new();

    public Module Module { get; } = module;

    public string ModuleName => Module.GetType().Name;

    /// <summary>Instance names from the top to the module, <c>Top.lane0.mac</c>; the top's own is its class.</summary>
    public required string Path { get; init; }

    /// <summary>The mistakes of the whole design so far.</summary>
    public List<Diagnostic> Diagnostics { get; } = diagnostics;

    public IReadOnlyDictionary<Module, InstanceInfo> Instances => _instances;

    public ClockDomain Domain { get; private set; } = ClockDomain.Default;

    public List<MemoryInfo> Memories { get; } = [];

    public List<AssertionInfo> Assertions { get; } = [];

    private static Stack<Builder> Active => _active ??= new();

    public static void Enter(Builder builder) => Active.Push(builder);

    public static void Leave() => Active.Pop();

    /// <summary>Runs <paramref name="describe"/> behind all that the module's own code says: for what is joined from parts that come one by one.</summary>
    public void Last(Action describe) => _last.Add(describe);

    /// <summary>The module's own code has ended.</summary>
    public void Finish() => _last.ForEach(describe => describe());

    /// <summary>Claims a name: a taken one gets the lowest free suffix, so that names stay stable when unrelated lines change.</summary>
    public string Unique(string wanted)
    {
        var name = Identifiers.Clean(wanted);
        for (var suffix = 2; !_names.Add(name); suffix++)
        {
            name = $"{Identifiers.Clean(wanted)}_{suffix}";
        }

        return name;
    }

    /// <summary>Whether something in the module has the name.</summary>
    public bool Takes(string name) => _names.Contains(name);

    /// <summary>How the source names a wire: the input of an instance is <c>instance.Port</c>.</summary>
    public string SourceName(WireNode wire) => _childInputs.TryGetValue(wire, out var name) ? name : wire.Name!;

    /// <summary>Makes the nodes of the module's own ports, so that their names are taken first.</summary>
    public void DeclarePorts()
    {
        foreach (var domain in new[] { Domain.Clock, Domain.Reset })
        {
            _names.Add(domain);
        }

        foreach (var port in Module.Ports)
        {
            if (!_names.Add(port.Name))
            {
                Report("HDL0105", $"two ports of {ModuleName} are named '{port.Name}' (clk and rst are taken by the clock)", port.Location, "rename one of them");
            }

            _ports[port] = port.Direction == PortDirection.Input
                ? Arena.Add(new InputNode(port.Type) { Name = port.Name, Location = port.Location })
                : NewWire(port.Type, port.Name, port.Location);
        }

        NotePortStreams();
    }

    public InstanceInfo AddChild(Module child, string name, SourceLocation location)
    {
        if (_instances.ContainsKey(child))
        {
            throw Fatal("HDL0119", $"one {child.GetType().Name} object is placed twice in {ModuleName}", "a module object is one instance: make another with new");
        }

        var instance = new InstanceInfo(Unique(name)) { Location = location };
        _instances.Add(child, instance);
        foreach (var port in child.Ports)
        {
            var unique = Unique($"{instance.Name}_{port.Name}");
            if (port.Direction == PortDirection.Output)
            {
                _ports[port] = Arena.Add(new InstanceOutputNode(instance, port.Info) { Name = unique, Location = location });
                continue;
            }

            _ports[port] = NewWire(port.Type, unique, location);
            _childInputs[_ports[port]] = $"{instance.Name}.{port.Name}";
            if (port.Stream?.Ready.Port == port)
            {
                NoteReady(_ports[port]);
            }
        }

        return instance;
    }

    public Node ResolvePort(PortDeclaration port)
    {
        if (_ports.TryGetValue(port, out var node))
        {
            return node;
        }

        if (port.Owner is { } owner && !ReferenceEquals(owner, Module) && owner.IsFree)
        {
            owner.Claim();
            AddChild(owner, Identifiers.CamelCase(owner.GetType().Name), default);
            return _ports[port];
        }

        throw Fatal("HDL0103", $"port '{port.Name}' of {port.Owner?.GetType().Name ?? "no module"} is used in {ModuleName}, which doesn't contain it",
            "a module may use its own ports and those of its instances");
    }

    public void Report(string code, string message, SourceLocation location, string? help = null, params (string What, SourceLocation Where)[] related)
    {
        var where = location.IsKnown ? location : SourceLocation.OfUser();
        Diagnostics.Add(new Diagnostic(code, message, where, ModuleName, related, help) { Path = Path });
    }

    public DesignException Fatal(string code, string message, string help, SourceLocation location = default)
    {
        Report(code, message, location, help);
        return new DesignException([.. Diagnostics]);
    }

    /// <summary>Runs <paramref name="body"/> with another clock domain for the registers, memories and assertions that it makes.</summary>
    public void InDomain(ClockDomain domain, Action body)
    {
        var before = Domain;
        Domain = domain;
        try
        {
            body();
        }
        finally
        {
            Domain = before;
        }
    }

    public Signal Wrap(Node node) => new(this, node);

    public Node Resolve(Signal signal) => signal.Resolve(this);

    /// <summary>Gives every node of the cone that has no C# line yet the line of the sink that uses it.</summary>
    public static void Stamp(Node node, SourceLocation location)
    {
        if (!location.IsKnown)
        {
            return;
        }

        var pending = new Stack<Node>();
        pending.Push(node);
        while (pending.TryPop(out var next))
        {
            if (next.Location.IsKnown || next is InputNode or ConstNode)
            {
                continue;
            }

            next.Location = location;
            if (next is not WireNode)
            {
                foreach (var operand in next.Operands)
                {
                    pending.Push(operand);
                }
            }
        }
    }
}
