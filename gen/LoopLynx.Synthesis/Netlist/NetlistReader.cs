using System.Text;
using System.Text.Json;

namespace LoopLynx.Synthesis.Netlist;

/// <summary>Reads what Yosys' <c>json</c> command writes, of one or more modules.</summary>
public sealed class NetlistReader
{
    private static readonly Dictionary<string, string> NoParameters = [];

    // Longer ones are contents of tables and memories.
    private const int ShortParameter = 32;

    private readonly JsonTokens _json;
    private readonly Dictionary<ulong, string> _pool = [];
    private readonly List<int> _bits = [];
    private readonly HashSet<string> _ports = [];

    private NetlistReader(Stream stream) => _json = new(stream);

    /// <summary>The modules of a netlist.</summary>
    /// <exception cref="SynthesisException">It isn't one.</exception>
    public static IReadOnlyList<MappedModule> Read(Stream stream)
    {
        try
        {
            return new NetlistReader(stream).Modules();
        }
        catch (JsonException e)
        {
            throw new SynthesisException($"this is no netlist of Yosys: {e.Message}; write it with Yosys' json command");
        }
    }

    private List<MappedModule> Modules()
    {
        var modules = new List<MappedModule>();
        _json.Expect(JsonTokenType.StartObject);
        while (_json.Property())
        {
            if (!_json.Value.SequenceEqual("modules"u8))
            {
                _json.Skip();
                continue;
            }

            _json.Expect(JsonTokenType.StartObject);
            while (_json.Property())
            {
                modules.Add(Module(_json.Text));
            }
        }

        return modules;
    }

    private MappedModule Module(string name)
    {
        _ports.Clear();
        List<MappedPort> ports = [];
        List<MappedCell> cells = [];
        var names = new List<NetName?>();
        var highest = MappedModule.FirstNet - 1;
        _json.Expect(JsonTokenType.StartObject);
        while (_json.Property())
        {
            switch (_json.Text)
            {
                case "ports":
                    Each(port => ports.Add(Port(port)));
                    break;
                case "cells":
                    Each(cell => cells.Add(Cell(cell)));
                    break;
                case "netnames":
                    Each(net => Net(net, names));
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        foreach (var bits in ports.Select(p => p.Bits).Concat(cells.SelectMany(c => c.Connections).Select(c => c.Bits)))
        {
            highest = bits.Length == 0 ? highest : Math.Max(highest, bits.Max());
        }

        while (names.Count <= highest)
        {
            names.Add(null);
        }

        return new(name, ports, cells, names.Count, names);
    }

    private void Each(Action<string> member)
    {
        _json.Expect(JsonTokenType.StartObject);
        while (_json.Property())
        {
            member(_json.Text);
        }
    }

    private MappedPort Port(string name)
    {
        _ports.Add(name);
        var side = PortSide.Input;
        int[] bits = [];
        Each(member =>
        {
            switch (member)
            {
                case "direction":
                    _json.Next();
                    side = _json.Text switch
                    {
                        "input" => PortSide.Input,
                        "output" => PortSide.Output,
                        var other => throw new SynthesisException($"port {name} is {other}; only inputs and outputs can be analysed"),
                    };
                    break;
                case "bits":
                    bits = Bits();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        });
        return new(name, side, bits);
    }

    private MappedCell Cell(string name)
    {
        var type = "";
        Dictionary<string, string>? parameters = null;
        List<Connection> connections = [];
        Each(member =>
        {
            switch (member)
            {
                case "type":
                    _json.Next();
                    type = Pooled();
                    break;
                case "parameters":
                    parameters = Parameters();
                    break;
                case "connections":
                    _json.Expect(JsonTokenType.StartObject);
                    while (_json.Property())
                    {
                        var port = Pooled();
                        connections.Add(new(port, Bits()));
                    }

                    break;
                default:
                    _json.Skip();
                    break;
            }
        });
        return new(name, type, connections, parameters ?? NoParameters);
    }

    private Dictionary<string, string>? Parameters()
    {
        Dictionary<string, string>? found = null;
        _json.Expect(JsonTokenType.StartObject);
        while (_json.Property())
        {
            var name = Pooled();
            _json.Next();
            if (_json.Value.Length <= ShortParameter)
            {
                (found ??= [])[name] = Pooled();
            }
        }

        return found;
    }

    private void Net(string name, List<NetName?> names)
    {
        var hidden = false;
        int[] bits = [];
        Each(member =>
        {
            switch (member)
            {
                case "hide_name":
                    _json.Next();
                    hidden = !_json.Value.SequenceEqual("0"u8);
                    break;
                case "bits":
                    bits = Bits();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        });
        if (hidden)
        {
            return;
        }

        var isInner = !_ports.Contains(name);
        for (var i = 0; i < bits.Length; i++)
        {
            while (names.Count <= bits[i])
            {
                names.Add(null);
            }

            // A register's own name says more than that of the port that shows it.
            if (names[bits[i]] is null || (isInner && _ports.Contains(names[bits[i]]!.Name)))
            {
                names[bits[i]] = new(name, bits.Length == 1 ? -1 : i);
            }
        }
    }

    private int[] Bits()
    {
        _bits.Clear();
        _json.Expect(JsonTokenType.StartArray);
        while (true)
        {
            _json.Next();
            if (_json.Type == JsonTokenType.EndArray)
            {
                return [.. _bits];
            }

            _bits.Add(_json.Type == JsonTokenType.Number ? Number() : Constant());
        }
    }

    // Yosys numbers nets from 2.
    private int Number() => System.Buffers.Text.Utf8Parser.TryParse(_json.Value, out int value, out _)
        ? value - 2 + MappedModule.FirstNet
        : throw new JsonException($"{_json.Text} is no number of a net");

    private int Constant() => _json.Value.Length == 1 ? _json.Value[0] switch
    {
        (byte)'0' => MappedModule.Zero,
        (byte)'1' => MappedModule.One,
        _ => MappedModule.Any,
    }
    : throw new JsonException($"'{_json.Text}' is no constant bit");

    /// <summary>The token's text, the same string for the same text: a netlist has few names of ports and types, a million times.</summary>
    private string Pooled()
    {
        var key = System.IO.Hashing.XxHash3.HashToUInt64(_json.Value);
        if (!_pool.TryGetValue(key, out var text) || Encoding.UTF8.GetByteCount(text) != _json.Value.Length)
        {
            _pool[key] = text = _json.Text;
        }

        return text;
    }
}
