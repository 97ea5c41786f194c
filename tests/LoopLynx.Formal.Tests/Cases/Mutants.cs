namespace LoopLynx.Formal.Tests.Cases;

/// <summary>Mistakes that a proof must find; at least one a combinator, so that no contract is empty.</summary>
internal static class Mutants
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("stage offers a beat twice", "stage", "stage_valid <= in0_valid;", "stage_valid <= in0_valid | stage_valid;"),
        new("stage takes a beat while it is full", "stage", "assign in0_ready = !stage_valid | stage_ready;", "assign in0_ready = 1'b1;"),
        new("skid drops the beat that it holds", "skid", "skid_full <= skid_stays;", "skid_full <= in0_valid & !skid_ready;"),
        new("skid stores over the beat that it holds", "skid", "if (in0_valid & !skid_full) begin", "if (in0_valid) begin"),
        new("isolate's buffer empties while the consumer stalls", "isolate", "isolate_skid_full <= isolate_skid_stays;", "isolate_skid_full <= 1'b0;"),
        new("isolate from far loses what came without room", "isolateFar", "isolate_skid_full <= isolate_skid_stays;", "isolate_skid_full <= 1'b0;"),
        new("FIFO wraps its tail one row early", "fifoDistributed3", "(tail == 2'd2) ?", "(tail == 2'd1) ?", "a beat leaves with its own data and in its turn"),
        new("FIFO takes one beat more than it has rows", "fifoDistributed4", "count != 3'd4;", "count != 3'd5;"),
        new("FIFO keeps its head when a beat comes and one leaves", "fifoDistributed2", "if (take) begin", "if (take & !tail_both) begin"),
        new("FIFO of one row is never full", "fifoDistributed1", "assign Push_ready = count != 1'b1;", "assign Push_ready = 1'b1;"),
        new("FIFO with a late valid writes over its first beat", "fifoLateValid2", "if (Push_ready) begin", "if (1'b1) begin"),
        new("block FIFO reads on while the consumer stalls", "fifoBlock2", "if (take) begin\n            rows_data_read", "if (1'b1) begin\n            rows_data_read"),
        new("block FIFO reads over the memory's register", "fifoBlock3", "wire read_either = !read | moves;", "wire read_either = 1'b1;"),
        new("block FIFO forgets its output register", "fifoBlock3", "wire moves = !filled | Pop_ready;", "wire moves = 1'b1;"),
        new("block FIFO forgets that its memory holds a beat", "fifoBlock3", " | (holds & !take);", ";", "it goes on within 4 cycles (output)", 16),
        new("map computes something else", "map", "assign out0_data = out0_data_sum;", "assign out0_data = out0_data_sum ^ 3'd1;", "a beat leaves with its own data and in its turn"),
        new("a closed gate swallows beats", "gate", "assign in0_ready = gate_ready & control0;", "assign in0_ready = gate_ready;"),
        new("drop drops others too", "dropWhen", "assign in0_ready = drop_ready | in0_data[0];", "assign in0_ready = drop_ready | in0_data[0] | in0_data[1];"),
        new("drop waits for the consumer", "dropWhen", "assign in0_ready = drop_ready | in0_data[0];", "assign in0_ready = drop_ready;", "a beat to drop doesn't wait"),
        new("join takes the first without the second", "join", "assign in0_ready = join_ready & in1_valid;", "assign in0_ready = join_ready;"),
        new("fork forgets that an output is done", "fork2", "(fork0_done | fork0_ready);", "fork0_ready;"),
        new("fork leaves an output out", "fork3", "fork1_done <= source0_stalled_both & ", "fork1_done <= "),
        new("demultiplexer listens to the wrong ready", "demultiplex2", "wire demux1_ready = out1_ready;", "wire demux1_ready = out0_ready;"),
        new("arbiter changes its choice while it stalls", "arbitrate2", "arbiter_locked <= arbiter_last_choice & !arbiter_ready;", "arbiter_locked <= 1'b0;", "doesn't change while the consumer stalls"),
        new("arbiter serves one source again and again", "arbitrate3", "arbiter_last <= arbiter_choice;", "arbiter_last <= (arbiter_ready & arbiter_choice == 2'd0) ? 2'd2 : arbiter_choice;", "no source waits for more than 2 beats of the others"),
        new("widen loses the beat that waits", "widen3", "(widen_full & !widen_ready);", "(widen_full & widen_ready);"),
        new("widen doesn't store a part", "widen2", "if (widen_index_both & (widen_index == 1'b0)) begin", "if (1'b0) begin"),
        new("narrow restarts before the last part", "narrow3", "narrow_isLast <= narrow_index == 2'd1;", "narrow_isLast <= narrow_index == 2'd0;", "no more is inside than fits"),
        new("narrow never comes to its last part", "narrow3", "narrow_isLast <= narrow_index == 2'd1;", "narrow_isLast <= 1'b0;", "it goes on within 3 cycles (input)"),
        new("narrow goes on while the consumer stalls", "narrow2", "wire narrow_index_both = in0_valid & narrow_ready;", "wire narrow_index_both = in0_valid;"),
        new("pipeline loses a credit", "pipeline1", "(pipeline_returns & !pipeline_valid1_both) ?", "(pipeline_returns & !pipeline_valid1_both & pipeline_credits != 3'd0) ?", "it goes on within 3 cycles (input)", 12),
        new("pipeline spends no credit for a second beat", "pipeline1", "(pipeline_valid1_both & !pipeline_returns) ?", "(pipeline_valid1_both & !pipeline_returns & !pipeline_valid1) ?", Depth: 12),
        new("pipeline gives credits back while the consumer stalls", "pipeline1", "pipeline_returns <= pipeline_fifo_Pop_valid & pipeline_fifo_Pop_ready;", "pipeline_returns <= pipeline_fifo_Pop_valid;", Depth: 12),
        new("pipeline pairs a bit with the next beat's", "pipelineBalanced", "in0_data_0_d1 <= in0_data[0];", "in0_data_0_d1 <= in0_data_0_d1;", "a beat leaves with its own data and in its turn", 12),
        new("a held operand changes under a beat", "pipelineHeld", "control0 : key;", "control0 : control0;", Depth: 12),
    ];

    /// <summary>The mutant of that name.</summary>
    public static Mutant Of(string name) => All.Single(m => m.Name == name);
}
