using LoopLynx.Gen.Board;

namespace LoopLynx.Gen.Tests;

/// <summary>Exact texts of the files for the card.</summary>
public class BoardTests
{
    [Fact]
    public void The_card_is_the_one_in_the_constraints_folder()
    {
        Assert.Equal(2, U50.Default.MaxNodes);
        Assert.Equal(3.508m, U50.Default.PeriodNs);
        Assert.Equal([0, 7, 16, 23], [U50.Default.Channel(0, 0), U50.Default.Channel(0, 7), U50.Default.Channel(1, 0), U50.Default.Channel(1, 7)]);
    }

    [Fact]
    public void Constraints_place_each_node_in_its_die() => Assert.Equal("""
        # Alveo U50 (xcu50-fsvh2104-2-e), 2 node(s) at 285 MHz.
        create_clock -name clk -period 3.508 [get_ports {clk}]

        # Node 0 in SLR0.
        set_property USER_SLR_ASSIGNMENT SLR0 [get_cells {top/node0}]
        create_pblock pblock_node0
        add_cells_to_pblock [get_pblocks pblock_node0] [get_cells {top/node0}]
        resize_pblock [get_pblocks pblock_node0] -add {SLR0}

        # Node 1 in SLR1.
        set_property USER_SLR_ASSIGNMENT SLR1 [get_cells {top/node1}]
        create_pblock pblock_node1
        add_cells_to_pblock [get_pblocks pblock_node1] [get_cells {top/node1}]
        resize_pblock [get_pblocks pblock_node1] -add {SLR1}

        """, XdcWriter.Write(U50.Default, ["top/node0", "top/node1"]));

    [Fact]
    public void Connectivity_joins_memory_and_ring() => Assert.Equal("""
        [connectivity]
        nk=looplynx_node:2:node0.node1
        slr=node0:SLR0
        slr=node1:SLR1
        sp=node0.m_axi_gmem0:HBM[0]
        sp=node0.m_axi_gmem1:HBM[1]
        sp=node0.m_axi_host:HBM[2]
        sp=node1.m_axi_gmem0:HBM[16]
        sp=node1.m_axi_gmem1:HBM[17]
        sp=node1.m_axi_host:HBM[18]
        stream_connect=node0.ring_out:node1.ring_in
        stream_connect=node1.ring_out:node0.ring_in

        """, ConnectivityWriter.Write(U50.Default with { ChannelsPerNode = 2 }, ["node0", "node1"], new KernelPorts()));

    [Fact]
    public void A_link_kernel_closes_the_ring_over_two_cards()
    {
        var text = ConnectivityWriter.Write(U50.Default with { ChannelsPerNode = 2 }, ["node0", "node1"], new KernelPorts(), LinkKernel.Aurora);
        Assert.Contains("nk=krnl_aurora:1:link\n", text);
        Assert.EndsWith("""
            stream_connect=node0.ring_out:node1.ring_in
            stream_connect=node1.ring_out:link.tx_axis
            stream_connect=link.rx_axis:node0.ring_in
            connect=io_clk_qsfp_refclka_00:link/gt_refclk
            connect=link/gt_port:io_gt_qsfp_00
            connect=link/init_clk:ii_level0_wire/ulp_m_aclk_freerun_ref_00

            """, text);
    }

    [Fact]
    public void One_node_has_no_ring()
    {
        var text = ConnectivityWriter.Write(U50.Default, ["only"], new KernelPorts(Kernel: "k"));
        Assert.StartsWith("[connectivity]\nnk=k:1:only\nslr=only:SLR0\nsp=only.m_axi_gmem0:HBM[0]\n", text);
        Assert.EndsWith("sp=only.m_axi_host:HBM[8]\n", text);
        Assert.DoesNotContain("stream_connect", text);
    }

    [Fact]
    public void Too_many_nodes_are_refused() =>
        Assert.Contains("an Alveo U50 holds 1 to 2 nodes, not 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => XdcWriter.Write(U50.Default, ["a", "b", "c"])).Message);

    [Fact]
    public void The_memory_map_has_card_addresses() => Assert.Equal("""
        {
          "board": "Alveo U50",
          "bytesPerChannel": 268435456,
          "regions": [
            {
              "name": "weights",
              "node": 1,
              "hbmChannel": 17,
              "offset": 4096,
              "bytes": 64,
              "address": 4563406848
            }
          ]
        }

        """, MemoryMapWriter.Write(U50.Default, [new("weights", Node: 1, Channel: 1, Offset: 4096, Bytes: 64)]));

    [Fact]
    public void Regions_fit_their_channel_and_stay_apart()
    {
        Assert.Contains("'big'", Refused(new MemoryRegion("big", 0, 0, 1, 268435456)));
        Assert.Contains("'a' and 'b' overlap", Refused(new MemoryRegion("b", 0, 0, 50, 10), new MemoryRegion("a", 0, 0, 0, 51)));
    }

    private static string Refused(params MemoryRegion[] regions) =>
        Assert.Throws<ArgumentException>(() => MemoryMapWriter.Write(U50.Default, regions)).Message;
}
