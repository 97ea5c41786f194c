using System.Runtime.Intrinsics.X86;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// Registers of permuted lanes, straight from memory: runs of neighbours are loaded and put together; lanes from two neighbouring registers
/// take one permutation where the processor has it; anything else is collected lane by lane.
/// </summary>
internal sealed class VectorPermute(VectorShape shape, Address source, int element, bool signed)
{
    private readonly string _class = shape.Class(element);
    private readonly string _as = VectorShape.As(element, signed);
    private readonly string _type = ScalarType.Element(element, signed);

    /// <summary>One register of the result.</summary>
    public string Part(int[] map, LaneIndex index, int part)
    {
        var valid = shape.Valid(element);
        var count = valid / element;
        var lanes = map.AsSpan(index.Start + (part * count), count).ToArray();
        var first = lanes.Min();
        Address At(int lane) => index.Source(source, map, lane, element);
        if (Array.TrueForAll(lanes, l => l == first))
        {
            return $"{_class}.Create({At(first).Element(_type)})";
        }

        // Memory is read in the largest runs that all have one size.
        var run = RunLength(lanes);
        if (run == count)
        {
            return shape.Load(At(lanes[0]), element, signed, 0);
        }

        if (valid >= 16 && run * element >= 8)
        {
            return Join([.. lanes.Chunk(run).Select(l => At(l[0]))], run * element);
        }

        if (valid >= 16 && CanPermute() && lanes.Max() - first < 2 * count)
        {
            return Permute(At, first, [.. lanes.Select(l => l - first)]);
        }

        var padding = Enumerable.Repeat($"({_type})0", (shape.Register(element) / element) - count);
        return $"{_class}.Create({string.Join(", ", lanes.Select(l => At(l).Element(_type)).Concat(padding))})";
    }

    // The longest power of two such that the lanes are runs of that many neighbours.
    private static int RunLength(int[] lanes)
    {
        for (var run = lanes.Length; run > 1; run /= 2)
        {
            if (lanes.Chunk(run).All(chunk => chunk.Index().All(l => l.Item == chunk[0] + l.Index)))
            {
                return run;
            }
        }

        return 1;
    }

    private string Join(Address[] runs, int bytes) => bytes switch
    {
        32 => $"Vector512.Create(Vector256.Load({Pointer(runs[0])}), Vector256.Load({Pointer(runs[1])}))",
        16 when runs.Length == 2 => $"Vector256.Create(Vector128.Load({Pointer(runs[0])}), Vector128.Load({Pointer(runs[1])}))",
        16 => $"Vector512.Create(Vector256.Create(Vector128.Load({Pointer(runs[0])}), Vector128.Load({Pointer(runs[1])})), Vector256.Create(Vector128.Load({Pointer(runs[2])}), Vector128.Load({Pointer(runs[3])})))",
        _ => $"{_class}.Create({string.Join(", ", runs.Select(r => r.Element("ulong")))}){_as}",
    };

    private string Pointer(Address address) => $"({_type}*){address}";

    private bool CanPermute() => (element, shape.Register(element)) switch
    {
        (1, 64) => Avx512Vbmi.IsSupported,
        (1, _) => Avx512Vbmi.VL.IsSupported,
        (2, 64) => Avx512BW.IsSupported,
        (2, _) => Avx512BW.VL.IsSupported,
        (_, 64) => Avx512F.IsSupported,
        _ => Avx512F.VL.IsSupported,
    };

    private string Permute(Func<int, Address> at, int first, int[] lanes)
    {
        var register = shape.Register(element);
        var set = element switch
        {
            1 => "Avx512Vbmi",
            2 => "Avx512BW",
            _ => "Avx512F",
        };
        var unsigned = ScalarType.Element(element, false);
        var indices = string.Join(", ", lanes.Select(l => $"({unsigned}){l}"));
        string Load(int lane) => $"{_class}.Load(({unsigned}*){at(lane)})";
        return $"{set}{(register == 64 ? "" : ".VL")}.PermuteVar{register / element}x{8 * element}x2({Load(first)}, {_class}.Create({indices}), {Load(first + lanes.Length)}){_as}";
    }
}
