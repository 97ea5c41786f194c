public static class InverterTest
{
    public static void Inverts(IEngine engine)
    {
        var bench = new Bench(engine);
        bench.Feed("In", Beat.Each([1, 2]));
        bench.Collect("Out", Beat.Each([254, 253]));
    }

    public static void Starts(IEngine engine)
    {
        var bench = new Bench(engine);
        bench.Step();
        if (engine.Peek("Count") != 2)
        {
            bench.Failure("the count starts with 2");
        }

        engine.Peek("Y");
    }
}
