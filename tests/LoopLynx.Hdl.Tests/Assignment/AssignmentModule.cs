namespace LoopLynx.Hdl.Tests.Assignment;

/// <summary>Every form of conditional assignment, to wires and to registers.</summary>
internal sealed class AssignmentModule : Module
{
    public readonly Signal C = Input(UInt(3));
    public readonly Signal Sel = Input(UInt(2));
    public readonly Signal A = Input(UInt(8));
    public readonly Signal B = Input(UInt(8));
    public readonly Signal DefaultThenWhen = Output(UInt(8));
    public readonly Signal Chain = Output(UInt(8));
    public readonly Signal Nested = Output(UInt(8));
    public readonly Signal LastWins = Output(UInt(8));
    public readonly Signal WithDefault = Output(UInt(8));
    public readonly Signal AllCases = Output(UInt(8));
    public readonly Signal CaseOrder = Output(UInt(8));
    public readonly Signal Lanes = Output(UInt(8) * 3);
    public readonly Signal Held = Output(UInt(8));
    public readonly Signal Switched = Output(UInt(8));
    public readonly Signal Enabled = Output(UInt(8));

    protected override void Build()
    {
        DefaultThenWhen.Drive(A);
        When(C[0], () => DefaultThenWhen.Drive(B));

        When(C[0], () => Chain.Drive(A)).ElseWhen(C[1], () => Chain.Drive(B)).Else(() => Chain.Drive(7));

        Nested.Drive(1);
        When(C[0], () =>
        {
            Nested.Drive(2);
            When(C[1], () => Nested.Drive(A)).Else(() => When(C[2], () => Nested.Drive(B)));
        });

        LastWins.Drive(0);
        When(C[0], () => LastWins.Drive(A));
        When(C[1], () => LastWins.Drive(B));
        When(C[2], () => When(Sel == 0, () => LastWins.Drive(9)));

        WithDefault.Drive(B);
        Switch(Sel, s =>
        {
            s.Case(0, () => WithDefault.Drive(A));
            s.Case([1, 3], () => When(C[0], () => WithDefault.Drive(5)));
        });

        Switch(Sel, s =>
        {
            s.Case(3, () => AllCases.Drive(3));
            s.Case(2, () => AllCases.Drive(A));
            s.Case(1, () => AllCases.Drive(B));
            s.Case(0, () => AllCases.Drive(0));
        });

        Switch(Sel, s =>
        {
            s.Default(() => CaseOrder.Drive(A));
            s.Case(2, () => CaseOrder.Drive(B));
        });

        Lanes.Drive(A);
        When(C[0], () => Lanes.Drive(Const(UInt(8) * 3, 1, 2, 3)));

        Register(out var held, UInt(8), reset: 5);
        When(C[0], () => held.Drive(A)).ElseWhen(C[1] & C[2], () => held.Drive(held.WrapAdd(1)));
        Held.Drive(held);

        Register(out var switched, UInt(8), reset: 0);
        When(C[2], () => Switch(Sel, s =>
        {
            s.Case(0, () => switched.Drive(A));
            s.Case(1, () => switched.Drive(B));
        }));
        Switched.Drive(switched);
        Enabled.Drive(A.RegisteredReset(17, C[1]));
    }
}
