using System.Globalization;
using System.Xml.Linq;
using LoopLynx.Accelerator;

namespace LoopLynx.Card.Package;

/// <summary>What a kernel's description has to keep beyond its schema: rules between attributes, and between the elements of a list.</summary>
public static class KernelXmlChecker
{
    private const int FirstOffset = 0x10;

    /// <summary>The rules that are broken, one line each; none: it is right.</summary>
    public static IReadOnlyList<string> Check(XDocument description)
    {
        var ports = Elements(description, "port");
        var arguments = Elements(description, "arg");
        return [.. Ports(ports, arguments), .. Arguments(ports, arguments), .. Offsets(ports, arguments)];
    }

    /// <summary>Where a description and the registers differ.</summary>
    /// <param name="description">The description.</param>
    /// <param name="arguments">The registers of the kernel's arguments.</param>
    public static IReadOnlyList<string> Compare(XDocument description, IReadOnlyList<KernelArgument> arguments)
    {
        var described = Elements(description, "arg").Where(a => Text(a, "addressQualifier") != "4").ToList();
        var others = described.Zip(arguments).Where(p => !IsSame(p.First, p.Second));
        return
        [
            .. described.Count == arguments.Count ? Array.Empty<string>() : [$"{described.Count} arguments are described, the kernel has {arguments.Count}"],
            .. others.Select(p => $"argument '{Text(p.First, "name")}' isn't the kernel's '{p.Second.Name}'"),
        ];
    }

    private static bool IsSame(XElement described, KernelArgument argument) =>
        Text(described, "name") == argument.Name && Number(described, "id") == (ulong)argument.Id && Number(described, "offset") == (ulong)argument.Offset
        && Number(described, "size") == (ulong)argument.Size && Text(described, "port") == (argument.Port ?? KernelRegisters.ControlPort);

    private static IEnumerable<string> Ports(IReadOnlyList<XElement> ports, IReadOnlyList<XElement> arguments)
    {
        if (ports.Count(p => Text(p, "mode") == "slave") != 1)
        {
            yield return "a kernel has one port of mode slave";
        }

        foreach (var port in ports)
        {
            var (name, mode, width) = (Text(port, "name"), Text(port, "mode"), Number(port, "dataWidth"));
            if (Text(port, "portType") == "stream" != mode is "read_only" or "write_only")
            {
                yield return $"port '{name}': streams, and only they, have the modes read_only and write_only";
            }

            if (width < 8 || !ulong.IsPow2(width))
            {
                yield return $"port '{name}': {width} bits of data are no power of two";
            }

            if (mode == "master" && !arguments.Any(a => Text(a, "port") == name && Text(a, "addressQualifier") == "1"))
            {
                yield return $"port '{name}': no argument points to its memory, so it can't be given a bank";
            }
        }
    }

    private static IEnumerable<string> Arguments(IReadOnlyList<XElement> ports, IReadOnlyList<XElement> arguments)
    {
        var modes = ports.ToLookup(p => Text(p, "name"), p => Text(p, "mode"));
        for (var i = 0; i < arguments.Count; i++)
        {
            var a = arguments[i];
            var name = Text(a, "name");
            if (Number(a, "id") != (ulong)i)
            {
                yield return $"argument '{name}': its id is {Text(a, "id")} where {i} is the next";
            }

            var (wanted, size) = Text(a, "addressQualifier") switch
            {
                "0" => (new[] { "slave" }, (ulong?)null),
                "1" or "2" => (["master"], 8),
                _ => (["read_only", "write_only"], null),
            };
            if (!modes[Text(a, "port")].Any(wanted.Contains))
            {
                yield return $"argument '{name}': its port '{Text(a, "port")}' isn't a {string.Join(" or ", wanted)}";
            }

            if (size is { } bytes && Number(a, "size") != bytes)
            {
                yield return $"argument '{name}': a pointer has 64 bits";
            }

            if (Number(a, "hostSize") != Number(a, "size"))
            {
                yield return $"argument '{name}': hostSize differs from size";
            }
        }
    }

    private static IEnumerable<string> Offsets(IReadOnlyList<XElement> ports, IReadOnlyList<XElement> arguments)
    {
        var end = ports.Where(p => Text(p, "mode") == "slave").Select(p => Number(p, "range")).FirstOrDefault();
        ulong next = FirstOffset;
        foreach (var a in arguments.Where(a => Text(a, "addressQualifier") != "4").OrderBy(a => Number(a, "offset")))
        {
            var (name, offset, size) = (Text(a, "name"), Number(a, "offset"), Number(a, "size"));
            if (offset % 4 != 0 || offset < next || offset + size > end)
            {
                yield return $"argument '{name}': its register 0x{offset:x} isn't a free word from 0x{next:x} up to 0x{end:x}";
            }

            next = Math.Max(next, offset + size);
        }
    }

    private static List<XElement> Elements(XDocument description, string name) => [.. description.Descendants(name)];

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    // A number that isn't one is the schema's to refuse.
    private static ulong Number(XElement element, string attribute)
    {
        var text = Text(element, attribute);
        var (digits, style) = text.StartsWith("0x", StringComparison.Ordinal) ? (text[2..], NumberStyles.HexNumber) : (text, NumberStyles.None);
        return ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }
}
