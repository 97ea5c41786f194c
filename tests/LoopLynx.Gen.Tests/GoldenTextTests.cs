using LoopLynx.Gen.Tests.Designs;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Tests;

/// <summary>The whole text of one small module, as a reader sees it.</summary>
public class GoldenTextTests
{
    [Fact]
    public void A_dot_product_reads_like_this() => Assert.Equal("""
        // Mac: accumulates one dot product per beat until the last beat of a row
        // Written by LoopLynx.Gen from the module class Mac; edits here are lost.
        `default_nettype none

        module Mac (
            input  wire clk,
            input  wire rst,
            input  wire Valid,
            input  wire Last,
            input  wire [31:0] Weights,  // SInt(8).Lanes(4)
            input  wire [31:0] Activations,  // SInt(8).Lanes(4)
            output wire Done,
            output wire signed [23:0] Sum
        );
            genvar i;
            (* use_dsp = "yes" *) reg [63:0] products;  // Mac.cs:20
            initial products = 64'd0;
            reg signed [23:0] acc;  // Mac.cs:23
            initial acc = 24'sd0;
            reg done;  // Mac.cs:24
            initial done = 1'b0;

            assign Done = done;  // Mac.cs:31
            assign Sum = acc;  // Mac.cs:32
            wire signed [17:0] dot;  // Mac.cs:22
            wire [33:0] dot_level1;
            assign dot_level1[16:0] = $signed(products[15:0]) + $signed(products[31:16]);
            assign dot_level1[33:17] = $signed(products[47:32]) + $signed(products[63:48]);
            assign dot = $signed(dot_level1[16:0]) + $signed(dot_level1[33:17]);

            generate
                for (i = 0; i < 4; i = i + 1) begin : products_lanes
                    always @(posedge clk) products[i*16 +: 16] <= $signed(Weights[i*8 +: 8]) * $signed(Activations[i*8 +: 8]);  // Mac.cs:21
                end
            endgenerate

            always @(posedge clk) begin
                if (rst) begin
                    done <= 1'b0;
                end else begin
                    done <= 1'b0;  // Mac.cs:25
                    if (Valid) begin  // Mac.cs:26
                        if (Last) begin  // Mac.cs:29
                            done <= 1'b1;  // Mac.cs:29
                        end
                    end
                end
            end

            always @(posedge clk) begin
                if (rst) begin
                    acc <= 24'sd0;
                end else begin
                    if (Valid) begin  // Mac.cs:26
                        acc <= acc + {{6{dot[17]}}, dot};  // Mac.cs:28
                    end else if (Last) begin  // Mac.cs:30
                        acc <= 24'sd0;  // Mac.cs:30
                    end
                end
            end
        endmodule

        `default_nettype wire

        """, VerilogBackend.Emit(Elaborator.Elaborate(new Mac(4)))[0].Text);
}
