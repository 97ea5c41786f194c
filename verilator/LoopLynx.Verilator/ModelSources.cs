using System.Text;
using LoopLynx.Gen;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Verilator;

/// <summary>
/// The text that goes into a model: the design's Verilog, a wrapper whose ports have plain names (clk0, rst0, in0, out0: Verilator renames some names of
/// users), and a C interface. Ports are numbered: resets, then inputs, then outputs, each in the top's order.
/// </summary>
internal static class ModelSources
{
    /// <summary>Module name of the wrapper.</summary>
    public const string Wrapper = "looplynx_model";

    /// <summary>Name of the C++ class.</summary>
    public const string Prefix = "Vmodel";

    /// <summary>The top's ports of one direction.</summary>
    public static IReadOnlyList<PortInfo> Ports(Definition top, PortDirection direction) => [.. top.Ports.Where(port => port.Direction == direction)];

    /// <summary>
    /// A module around the top, connected by position: clocks and resets of the domains without repetitions, then the ports, as the backend prints them.
    /// Domains that share a reset or a clock by name drive it together. Resets are 1 while asserted: one that is active low is inverted here.
    /// </summary>
    /// <param name="top">The top.</param>
    /// <param name="module">Its name in Verilog.</param>
    public static VerilogFile WrapperFile(Definition top, string module)
    {
        var shared = new OrderedDictionary<string, string>();
        var low = top.Domains.Where(d => d.ActiveLowReset).Select(d => d.Reset).ToHashSet();
        var declarations = new List<string>();
        for (var i = 0; i < top.Domains.Length; i++)
        {
            foreach (var (name, signal) in new[] { (top.Domains[i].Clock, $"clk{i}"), (top.Domains[i].Reset, $"rst{i}") })
            {
                declarations.Add($"input wire {signal}");
                shared[name] = shared.TryGetValue(name, out var others) ? $"{others} | {signal}" : signal;
            }
        }

        var connections = shared.Select(s => low.Contains(s.Key) ? $"~({s.Value})" : s.Value).ToList();
        var counts = new Dictionary<PortDirection, int>();
        foreach (var port in top.Ports)
        {
            var number = counts[port.Direction] = counts.GetValueOrDefault(port.Direction, -1) + 1;
            var kind = port.Direction == PortDirection.Input ? "in" : "out";
            declarations.Add($"{kind}put wire [{port.Type.Bits - 1}:0] {kind}{number}");
            connections.Add($"{kind}{number}");
        }

        return new VerilogFile($"{Wrapper}.v", $"""
            module {Wrapper}(
              {string.Join(",\n  ", declarations)});
              {module} dut(
                {string.Join(",\n    ", connections)});
            endmodule

            """);
    }

    /// <summary>The C interface of the model; see <see cref="ModelLibrary"/> for the other side.</summary>
    public static string Shim(Definition top)
    {
        var clocks = new StringBuilder();
        for (var i = 0; i < top.Domains.Length; i++)
        {
            clocks.Append($"  if (domains >> {i} & 1) model.clk{i} = level;\n");
        }

        IEnumerable<string> ports = [
            .. top.Domains.Select((_, i) => $"rst{i}"),
            .. Ports(top, PortDirection.Input).Select((_, i) => $"in{i}"),
            .. Ports(top, PortDirection.Output).Select((_, i) => $"out{i}")];
        var cases = string.Concat(ports.Select((port, i) => $"    case {i}: return &instance->model.{port};\n"));
        return $$"""
            #include "{{Prefix}}.h"
            #include "verilated.h"
            #include <cstdint>
            #include <stdexcept>
            #include <string>

            // $finish, $stop and $fatal would end the process of the host; they end the call instead.
            static void end(const char* what, const char* file, int line) {
              throw std::runtime_error(std::string(what) + " at " + (file ? file : "?") + ":" + std::to_string(line));
            }
            void vl_finish(const char* file, int line, const char*) { end("$finish", file, line); }
            void vl_stop(const char* file, int line, const char*) { end("$stop", file, line); }
            void vl_fatal(const char* file, int line, const char*, const char* message) { end(message, file, line); }

            struct Instance {
              VerilatedContext context;
              {{Prefix}} model;
              std::string error;
              Instance() : model(&context, "") {}
            };

            static void clocks({{Prefix}}& model, uint64_t domains, uint8_t level) {
              (void)model; (void)domains; (void)level;
            {{clocks}}}

            template <class F> static const char* guarded(Instance* instance, F body) {
              try {
                body();
                return nullptr;
              } catch (const std::exception& e) {
                instance->error = e.what();
                return instance->error.c_str();
              }
            }

            #define EXPORT extern "C" __attribute__((visibility("default")))

            EXPORT Instance* model_create() { return new Instance(); }

            EXPORT void model_destroy(Instance* instance) { delete instance; }

            EXPORT void* model_port(Instance* instance, int32_t index) {
              switch (index) {
            {{cases}}    default: return nullptr;
              }
            }

            EXPORT const char* model_eval(Instance* instance) {
              return guarded(instance, [&] { instance->model.eval(); });
            }

            EXPORT const char* model_tick(Instance* instance, uint64_t domains, int64_t cycles) {
              return guarded(instance, [&] {
                for (int64_t i = 0; i < cycles; i++) {
                  clocks(instance->model, domains, 1);
                  instance->model.eval();
                  clocks(instance->model, domains, 0);
                  instance->model.eval();
                }
              });
            }

            """;
    }
}
