using System.Text;
using System.Xml;

namespace LoopLynx.Card.Package;

/// <summary>Writes the kernel's description for the linker and for XRT: ports and arguments, everything an attribute.</summary>
public static class KernelXmlWriter
{
    // Of 1.5 and 1.6, which differ in nothing that is used here, the one that newer tools write.
    private const int Major = 1;
    private const int Minor = 6;

    /// <summary>The description.</summary>
    public static string Write(CardKernel kernel)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using (var xml = XmlWriter.Create(stream, settings))
        {
            Element(xml, "root", ("versionMajor", $"{Major}"), ("versionMinor", $"{Minor}"));
            Element(
                xml, "kernel", ("name", CardKernel.Name), ("language", "ip"), ("vlnv", CardKernel.Identity), ("attributes", ""),
                ("preferredWorkGroupSizeMultiple", "0"), ("workGroupSize", "1"), ("interrupt", "true"), ("hwControlProtocol", CardKernel.Protocol));
            xml.WriteStartElement("ports");
            foreach (var bus in kernel.Interfaces)
            {
                Port(xml, bus);
            }

            xml.WriteEndElement();
            xml.WriteStartElement("args");
            Arguments(xml, kernel);
            xml.WriteEndDocument();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Port(XmlWriter xml, KernelInterface bus)
    {
        var mode = bus.Kind switch
        {
            InterfaceKind.Control => "slave",
            InterfaceKind.Memory => "master",
            InterfaceKind.StreamIn => "read_only",
            _ => "write_only",
        };
        (string, string)[] range = bus.IsStream
            ? []
            : [("range", bus.Kind == InterfaceKind.Control ? $"0x{CardKernel.RegisterBytes:X}" : $"0x{ulong.MaxValue:X}"), ("base", "0x0")];
        var type = bus.IsStream ? "stream" : "addressable";
        Element(xml, "port", [("name", bus.Name), ("mode", mode), ("dataWidth", $"{bus.DataBits}"), ("portType", type), .. range]);
        xml.WriteEndElement();
    }

    private static void Arguments(XmlWriter xml, CardKernel kernel)
    {
        var control = kernel.Interfaces.Single(i => i.Kind == InterfaceKind.Control).Name;
        foreach (var a in kernel.Arguments)
        {
            var isPointer = a.Port is not null;
            Argument(xml, a.Id, a.Name, isPointer ? 1 : 0, a.Port ?? control, (a.Size, a.Offset), isPointer ? "int*" : "uint");
        }

        var id = kernel.Arguments.Count;
        foreach (var stream in kernel.Interfaces.Where(i => i.IsStream))
        {
            Argument(xml, id, stream.Name, 4, stream.Name, (4, 0), $"stream<qdma_axis<{stream.DataBits},0,0,0> >&");
            id++;
        }
    }

    private static void Argument(XmlWriter xml, int id, string name, int qualifier, string port, (int Size, int Offset) place, string type)
    {
        Element(
            xml, "arg", ("name", name), ("addressQualifier", $"{qualifier}"), ("id", $"{id}"), ("port", port), ("size", $"0x{place.Size:X}"),
            ("offset", $"0x{place.Offset:X3}"), ("type", type), ("hostOffset", "0x0"), ("hostSize", $"0x{place.Size:X}"));
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }
    }
}
