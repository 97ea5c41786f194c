namespace LoopLynx.Host.Tests;

/// <summary>A formula of the documentation: whole numbers, names, + - * / %, parentheses, and ceil(a / b), min, max and gcd. Division rounds down.</summary>
internal sealed class Formula
{
    private readonly string[] _tokens;
    private readonly IReadOnlyDictionary<string, long> _values;
    private int _at;

    private Formula(string text, IReadOnlyDictionary<string, long> values)
    {
        _tokens = [.. System.Text.RegularExpressions.Regex.Matches(text, @"\d+|\w+|\S").Select(m => m.Value)];
        _values = values;
    }

    public static long Evaluate(string text, IReadOnlyDictionary<string, long> values)
    {
        var formula = new Formula(text, values);
        var result = formula.Sum();
        Assert.True(formula._at == formula._tokens.Length, $"'{text}' goes on after '{string.Join(' ', formula._tokens[..formula._at])}'");
        return result;
    }

    private bool Take(string token)
    {
        var found = _at < _tokens.Length && _tokens[_at] == token;
        _at += found ? 1 : 0;
        return found;
    }

    private long Sum()
    {
        var value = Product();
        while (true)
        {
            if (Take("+"))
            {
                value += Product();
            }
            else if (Take("-"))
            {
                value -= Product();
            }
            else
            {
                return value;
            }
        }
    }

    private long Product()
    {
        var value = Factor();
        while (true)
        {
            if (Take("*"))
            {
                value *= Factor();
            }
            else if (Take("/"))
            {
                value /= Factor();
            }
            else if (Take("%"))
            {
                value %= Factor();
            }
            else
            {
                return value;
            }
        }
    }

    private long Factor()
    {
        if (Take("("))
        {
            var inner = Sum();
            Assert.True(Take(")"), "a parenthesis is missing");
            return inner;
        }

        var token = _tokens[_at++];
        return long.TryParse(token, out var number) ? number : Take("(") ? Call(token) : _values[token];
    }

    private long Call(string function)
    {
        if (function == "ceil")
        {
            var (numerator, divided) = (Factor(), Take("/"));
            Assert.True(divided, "ceil takes a quotient");
            var denominator = Factor();
            Assert.True(Take(")"), "a parenthesis is missing");
            return (numerator + denominator - 1) / denominator;
        }

        var arguments = new List<long> { Sum() };
        while (Take(","))
        {
            arguments.Add(Sum());
        }

        Assert.True(Take(")"), "a parenthesis is missing");
        return function switch
        {
            "min" => arguments.Min(),
            "max" => arguments.Max(),
            "gcd" => arguments.Aggregate((a, b) => (long)System.Numerics.BigInteger.GreatestCommonDivisor(a, b)),
            _ => throw new InvalidOperationException($"no function {function}"),
        };
    }
}
