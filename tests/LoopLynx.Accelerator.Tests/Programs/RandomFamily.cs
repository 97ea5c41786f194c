using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>A legal block drawn at random: norms, products with and without activation function, and attention, over vectors in any order.</summary>
/// <param name="Seed">Seed of the drawing.</param>
internal sealed record RandomFamily(int Seed) : Family
{
    private const int MostSteps = 14;

    public override string Name => $"random-{Seed}";

    public override IReadOnlyList<Step> Block(ModelDescription model) => new Drawing(model, Seed).Steps();

    /// <summary>A block that is being drawn.</summary>
    private sealed class Drawing(ModelDescription model, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<Step> _steps = [];
        private readonly HashSet<string> _narrow = [];
        private readonly HashSet<string> _hidden = [];
        private int _norms;
        private int _tables;
        private int _matrices;
        private bool _headsMade;
        private bool _attended;

        public IReadOnlyList<Step> Steps()
        {
            Norm();
            while (_steps.Count < MostSteps || !_attended)
            {
                Action[] choices = [Norm, Up, Up, Down, Down, Heads, Attend, Project, Project];
                choices[_random.Next(choices.Length)]();
            }

            return _steps;
        }

        private void Norm()
        {
            var slot = _norms++;
            Add($"Norm{slot}", new Normalise(slot), Places.Residual, Narrow(), ValueKind.Activation);
        }

        /// <summary>E values to FF values, with an activation function or without.</summary>
        private void Up()
        {
            var target = _random.Pick("hidden", "wide");
            var product = new Product($"M{_matrices}", model.FeedForward, model.Embed);
            var from = _random.Pick([.. _narrow.Order()]);
            if (_random.Next(3) == 0)
            {
                Add($"Up{_matrices++}", product, from, target, ValueKind.Activation);
            }
            else
            {
                _steps.Add(new Step($"Up{_matrices++}", product, from, new Result(target, [ValueKind.PreActivation], new Unary(ActivationKind.Gelu, _tables++))));
            }

            _hidden.Add(target);
        }

        /// <summary>FF values to E values, into the residual or a vector.</summary>
        private void Down()
        {
            if (_hidden.Count > 0)
            {
                Reduce("Down", model.FeedForward, _random.Pick([.. _hidden.Order()]));
            }
        }

        /// <summary>E values to E values, into the residual or another vector.</summary>
        private void Project() => Reduce("Project", model.Embed, _random.Pick([.. _narrow.Order()]));

        private void Reduce(string name, int columns, string from)
        {
            var product = new Product($"M{_matrices}", model.Embed, columns);
            var target = _random.Next(2) == 0 ? Narrow(except: from) : Places.Residual;
            Add($"{name}{_matrices++}", product, from, target, target == Places.Residual ? ValueKind.Residual : ValueKind.Activation);
        }

        private void Heads()
        {
            if (!_headsMade)
            {
                _headsMade = true;
                var product = new Product($"M{_matrices++}", model.HeadRows.Rows, model.Embed) { ByHead = true };
                _steps.Add(new Step("Qkv", product, _random.Pick([.. _narrow.Order()]), new Result(Places.Heads, [ValueKind.Query, ValueKind.Key, ValueKind.Value])));
            }
        }

        private void Attend()
        {
            if (_headsMade && !_attended)
            {
                _attended = true;
                Add("Attention", new Attend(), Places.Heads, Narrow(), ValueKind.Activation);
            }
        }

        /// <summary>A vector of E values to fill.</summary>
        private string Narrow(string except = "")
        {
            var name = _random.Pick([.. new[] { "vector", "context", "third" }.Where(n => n != except)]);
            _narrow.Add(name);
            return name;
        }

        private void Add(string name, Operation operation, string from, string to, ValueKind kind) => _steps.Add(new Step(name, operation, from, new Result(to, [kind])));
    }
}
