using System.Buffers.Binary;

namespace LoopLynx.Host.Tests;

/// <summary>The tables and formulas of docs/formats.md, against the map and the bytes of images.</summary>
public class FormatsPageTests
{
    private static readonly DocumentationPage Page = new("formats.md");

    [Fact]
    public void Sections_are_those_of_the_table_in_its_order()
    {
        foreach (var map in MemoryMapTests.Layouts().Append(Maps.Of(ModelDescription.Gpt2Medium, 8, 32)))
        {
            var (names, cursor) = (Names(map), 0L);
            var rows = Page.Table("## A layer");
            Assert.Equal(rows.Select(row => row[0]), map.Program.Constants.Reads.Select(r => r.Name).Concat(map.Program.Products.Select(p => p.Product.Matrix)));
            foreach (var row in rows)
            {
                Assert.Equal(cursor, map[row[0]].Offset);
                var beats = row[1] == "" ? MatrixBeats(row, names) : Formula.Evaluate($"ceil(({row[1]}) / (C * L))", names);
                Assert.Equal(beats, map[row[0]].Beats);
                cursor += beats;
            }

            Assert.Equal(cursor, map.LayerBeats);
        }
    }

    [Fact]
    public void Constants_and_weights_of_every_row_lie_at_the_addresses_of_the_formulas()
    {
        foreach (var map in MemoryMapTests.Layouts())
        {
            var (model, node) = (SyntheticModel.Create(map.Program.Model, 3), map.Machine.Nodes - 1);
            var image = MemoryImage.Build(model, map, node);
            foreach (var row in Page.Table("## A layer").Where(row => row[1] == ""))
            {
                var names = Names(map);
                var rows = (int)Formula.Evaluate(row[2], names);
                AddMatrix(names, map, row);
                for (var r = 0; r < rows; r++)
                {
                    names["k"] = Formula.Evaluate($"{r} / C", names);
                    names["layer"] = 1;
                    var (channel, matrix) = (image[r % (int)names["C"]], model.Layers[1].Matrix(row[0]));
                    var constants = channel.AsSpan((int)Formula.Evaluate(Page.Formula("## A matrix", "constants"), names));
                    Assert.Equal(matrix.Bias[(node * rows) + r], BinaryPrimitives.ReadInt32LittleEndian(constants));
                    Assert.Equal(matrix.Scale[(node * rows) + r].Packed, BinaryPrimitives.ReadUInt32LittleEndian(constants[4..]));
                    var weights = channel.AsSpan((int)Formula.Evaluate(Page.Formula("## A matrix", "weights"), names), matrix.Columns);
                    Assert.Equal(matrix.Row((node * rows) + r).ToArray(), weights.ToArray().Select(b => (sbyte)b));
                }
            }
        }
    }

    [Fact]
    public void Keys_and_values_lie_where_the_table_and_the_formulas_say()
    {
        foreach (var map in MemoryMapTests.Layouts())
        {
            var names = Names(map);
            AddCache(names, map);
            var column = names["d"] <= names["R"] ? 1 : 2;
            var table = Page.Table("## The KV cache").ToDictionary(row => row[0], row => row[column]);
            names["KvRows"] = Formula.Evaluate(table["KvRows"], names);
            Assert.Equal(names["KvRows"], map.Cache.Rows);
            for (var position = 0; position < names["context"]; position++)
            {
                names["pos"] = position;
                Assert.Equal(Formula.Evaluate(table["rows read"], names), map.Cache.RowsRead(position));
                CheckCells(map, names, table, position);
            }
        }
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 16)]
    [InlineData(3, 24)]
    [InlineData(4, 24)]
    public void Scalars_have_a_word_for_each_norm_and_epsilon_on_a_multiple_of_8(int norms, int bytes)
    {
        Assert.Equal(bytes, LayerConstants.ScalarBytes(norms));
        Assert.Equal(bytes - 8, LayerConstants.EpsilonOffset(norms));
    }

    private static void CheckCells(MemoryMap map, Dictionary<string, long> names, Dictionary<string, string> table, int position)
    {
        var address = Page.Formula("## The KV cache", map.Machine.SplitKv ? "splitAddress" : "address");
        foreach (var isValue in new[] { false, true })
        {
            for (var i = 0; i < names["d"]; i++)
            {
                (names["p"], names["i"], names["isV"], names["layer"], names["head"]) = (position, i, isValue ? 1 : 0, 1, names["Heads"] - 1);
                var (row, at) = map.Cache.Cell(isValue, position, i);
                Assert.Equal((Formula.Evaluate(table[isValue ? "row of V" : "row of K"], names), Formula.Evaluate(table["byte in the row"], names)), (row, at));
                names["row"] = row;
                Assert.Equal(Formula.Evaluate(address, names), map.Cache.Address(1, (int)names["Heads"] - 1, isValue, row));
            }
        }
    }

    /// <summary>The letters of the page for a machine, from the numbers that the test chose.</summary>
    private static Dictionary<string, long> Names(MemoryMap map)
    {
        var (model, machine) = (map.Program.Model, map.Machine);
        return new()
        {
            ["E"] = model.Embed,
            ["F"] = model.FeedForward,
            ["H"] = model.QueryHeads,
            ["n"] = machine.Nodes,
            ["C"] = machine.Channels,
            ["L"] = machine.LayoutBeatBytes,
            ["d"] = model.Embed / model.QueryHeads,
            ["context"] = model.Context,
            ["Heads"] = model.QueryHeads / machine.Nodes,
        };
    }

    private static void AddMatrix(Dictionary<string, long> names, MemoryMap map, string[] row)
    {
        names["columns"] = Formula.Evaluate(row[3], names);
        foreach (var name in new[] { "G", "A", "W" })
        {
            names[name] = Formula.Evaluate(Page.Formula("## A matrix", name), names);
        }

        (names["Offset"], names["LayerBeats"]) = (map[row[0]].Offset, map.LayerBeats);
    }

    private static long MatrixBeats(string[] row, Dictionary<string, long> machine)
    {
        var names = new Dictionary<string, long>(machine);
        names["columns"] = Formula.Evaluate(row[3], names);
        foreach (var name in new[] { "G", "A", "W" })
        {
            names[name] = Formula.Evaluate(Page.Formula("## A matrix", name), names);
        }

        return Formula.Evaluate($"{row[2]} / C / G * (A + G * W)", names);
    }

    private static void AddCache(Dictionary<string, long> names, MemoryMap map)
    {
        names["R"] = (map.Machine.KvChannels == 0 ? names["C"] : map.Machine.KvChannels) * names["L"];
        (names["P"], names["B"]) = (names["R"] / names["d"], names["d"] / names["R"]);

        // The next multiple of 4096 behind the weights.
        var weights = map.Program.Model.Layers * map.LayerBeats * names["L"];
        names["KvBase"] = Enumerable.Range(0, int.MaxValue).Select(page => page * 4096L).First(page => page >= weights);
    }
}
