using LoopLynx.Accelerator;

namespace LoopLynx.Card.Tests;

/// <summary>The packaging script, run by a Tcl shell in which the packager's commands only record that they were called.</summary>
public sealed class PackageScriptTests : IDisposable
{
    // Whatever isn't here is an invalid command, which ends the script.
    private const string Stubs = """
        proc record {args} { puts [join $args "\t"] }
        namespace eval ipx {}
        foreach name {package_project remove_all_bus_interface remove_memory_map remove_address_space infer_bus_interface associate_bus_interfaces
            add_address_space add_memory_map add_address_block add_register add_register_parameter add_bus_parameter create_xgui_files update_checksums
            check_integrity save_core} {
            proc ipx::$name {args} "record $name {*}\$args"
        }
        foreach {name kind} {get_bus_interfaces bus get_bus_parameters parameter get_memory_maps map get_address_spaces space get_address_blocks block
            get_registers register get_register_parameters parameter} {
            proc ipx::$name {what of object} "if {\$what eq {*}} { return {$kind:found} }; return $kind:\$what@\$object"
        }
        proc ipx::current_core {} { return core }
        foreach name {create_project add_files update_compile_order close_project package_xo} {
            proc $name {args} "record $name {*}\$args"
        }
        proc set_property {name value object} { record set_property $name $value $object }
        proc get_property {name object} { return [lindex [split $object :] 1] }
        proc get_files {name} { return file:$name }
        proc current_fileset {} { return sources }
        source package_kernel.tcl

        """;

    private readonly Folder _folder = new();
    private readonly Lazy<IReadOnlyList<string[]>> _calls;

    public PackageScriptTests() => _calls = new(Run);

    private IReadOnlyList<string[]> Calls => _calls.Value;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_port_of_the_top_is_in_exactly_one_interface()
    {
        var ports = Small.Kernel.Design.Top.Ports.Select(p => p.Name).Concat([CardKernel.Clock, CardKernel.Reset]);
        Assert.Equal(ports.Order(StringComparer.Ordinal), Of("infer_bus_interface").SelectMany(c => c[1].Split(' ')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_bus_has_the_clock_and_the_clock_its_reset()
    {
        var clocked = Of("associate_bus_interfaces").Where(c => c is [_, "-busif", _, "-clock", CardKernel.Clock, "core"]).Select(c => c[2]);
        Assert.Equal(Small.Kernel.Interfaces.Select(i => i.Name), clocked);
        Assert.Equal(CardKernel.Reset, Parameter("ASSOCIATED_RESET", CardKernel.Clock));
        Assert.Equal("ACTIVE_LOW", Parameter("POLARITY", CardKernel.Reset));
    }

    [Theory]
    [InlineData("sdx_kernel", "true")]
    [InlineData("sdx_kernel_type", "rtl")]
    [InlineData("vitis_drc", "ctrl_protocol ap_ctrl_chain")]
    [InlineData("ipi_drc", "ignore_freq_hz true")]
    [InlineData("supported_families", "")]
    public void The_core_is_marked_as_a_kernel(string property, string value) => Assert.Equal(value, Property(property, "core"));

    [Fact]
    public void Every_register_has_its_address_and_every_pointer_its_bus()
    {
        const string block = "block:reg0@map:s_axi_control@core";
        Assert.Equal("4096", Property("range", block));
        Assert.Equal("s_axi_control", Property("slave_memory_map_ref", "bus:s_axi_control@core"));
        foreach (var argument in Small.Kernel.Arguments)
        {
            var register = $"register:{argument.Name}@{block}";
            Assert.Equal(($"0x{argument.Offset:X3}", $"{8 * argument.Size}"), (Property("address_offset", register), Property("size", register)));
            Assert.Equal(argument.Port, Find("value", $"parameter:ASSOCIATED_BUSIF@{register}"));
        }
    }

    [Fact]
    public void Masters_have_an_address_space_of_64_bits()
    {
        foreach (var master in Small.Kernel.Interfaces.Where(i => i.Kind == InterfaceKind.Memory))
        {
            Assert.Equal(master.Name, Property("master_address_space_ref", $"bus:{master.Name}@core"));
            Assert.Equal("64", Property("width", $"space:{master.Name}@core"));
            Assert.Equal("0", Parameter("SUPPORTS_NARROW_BURST", master.Name));
        }
    }

    [Fact]
    public void It_adds_every_source_checks_saves_and_packages_in_this_order()
    {
        string[] sources = [.. Small.Files.Keys.Where(f => f.EndsWith(".v", StringComparison.Ordinal))];
        Assert.Equal(sources, Of("add_files").First()[2].Split(' ').Select(Path.GetFileName));
        string[] last = [.. Calls.Select(c => c[0]).Where(c => c is "check_integrity" or "save_core" or "package_xo")];
        Assert.Equal(["check_integrity", "save_core", "package_xo"], last);
        Assert.Equal(["-kernel", "-xrt", "core"], Of("check_integrity").Single()[1..]);
        var package = Of("package_xo").Single();
        Assert.Contains(KernelRegisters.Kernel, package);
        Assert.Equal("kernel.xml", Path.GetFileName(package[Array.IndexOf(package, "-kernel_xml") + 1]));
    }

    private IEnumerable<string[]> Of(string command) => Calls.Where(c => c[0] == command);

    private string? Find(string property, string target) => Of("set_property").LastOrDefault(c => c[1] == property && c[3] == target)?[2];

    private string Property(string property, string target) =>
        Find(property, target) ?? throw new InvalidOperationException($"{property} of {target} isn't set");

    private string Parameter(string name, string bus) => Property("value", $"parameter:{name}@bus:{bus}@core");

    private IReadOnlyList<string[]> Run()
    {
        var result = Small.Run("tclsh", "tcl", _folder.Path, _folder.Write("stubs.tcl", Stubs));
        Assert.True(result.ExitCode == 0, result.Log);
        return [.. result.Log.Split('\n').Where(line => line.Length > 0).Select(line => line.Split('\t'))];
    }
}
