namespace LoopLynx.Accelerator;

/// <summary>Attention: the fused MHA kernel, the buffer of the current token's queries, keys and values, and the writer of the cache.</summary>
public sealed record AttendBinding : KernelBinding
{
    /// <inheritdoc/>
    public override string Kernel => "attention";

    /// <inheritdoc/>
    public override void Build(NodeRooms node, IReadOnlyList<ProgramStep> steps)
    {
        var c = node.Configuration;
        var attend = steps[0];
        var begins = node.Stage.Begins(attend);
        Instance(out var attention, new AttentionKernel(c));
        Instance(out var kvWriter, new KvWriter(c));
        Instance(out var heads, new HeadBuffer(c));
        foreach (var (port, rows) in attention.Rows.Zip(node.Memory.Rows))
        {
            port.Drive(rows);
            node.Starves(port);
        }

        attention.Constants.Drive(node.Loader.To(Receivers.Heads));
        attention.RestartConstants.Drive(node.Stage.Begins(node.Program.Constants));
        attention.Start.Drive(begins);
        attention.Position.Drive(node.Stage.Position);
        node.Results.Add(attention.Context.Map(values => values.Extend(c.Types.Result.Width)), steps);

        var results = node.Results.To(ResultPlace.Heads);
        // The buffer takes what comes; packets of other nodes' heads are none for it.
        heads.Results.Valid.Drive(results.Valid & results.Data.Own);
        heads.Results.Data.Drive(results.Data.Values.Truncate(c.Types.Head.Width));
        results.Ready.Drive(heads.Results.Ready);
        heads.Restart.Drive(node.Stage.Begins(node.Program.EachLayer.Single(s => s.Result?.Buffer == Buffers.Heads)));
        attention.Query.Connect(heads.Query);
        attention.Key.Connect(heads.Key);
        attention.Value.Connect(heads.Value);

        kvWriter.StartToken.Drive(node.Stage.Begins(node.Program.Steps[0]));
        kvWriter.StartLayer.Drive(begins);
        kvWriter.Position.Drive(node.Stage.Position);
        heads.Writer.Address.Drive(kvWriter.Address);
        kvWriter.Row.Drive(heads.Writer.Row);
        node.Memory.Writes.Drive(kvWriter.Writes);

        // The KV writer reads the head buffer, which the next layer's results overwrite: attention ends when both have finished.
        node.Completion.Idle(attend, !kvWriter.Busy);
        node.WritesDone.Drive(node.Memory.WritesIdle & !kvWriter.Busy);
    }

    /// <inheritdoc/>
    public override long Cycles(LatencyWalk walk, ProgramStep step)
    {
        var c = walk.Configuration;
        var written = KvWriter.Latency(c, (2L * c.NodeHeads * c.RowsPerPosition) - 1);
        walk.WritesAnswered = walk.Now + written - WriteEngine.DoneLatency + walk.Memory.Latency + MemoryInterface.ResponseLatency;
        var landed = new AttentionLatency(walk, step).LastLanded() + ResultRouting.VectorLatency + StageCompletion.Latency;
        return Math.Max(landed, written + KvWriter.IdleLatency) + StageControl.Latency;
    }
}
