namespace LoopLynx.Host;

/// <summary>A matrix times a vector.</summary>
public class ProductOperation : HostOperation
{
    /// <inheritdoc/>
    public override int SyntheticOrder => 3;

    /// <inheritdoc/>
    public override int[] Golden(GoldenStep step) => step.Clip(IntegerLinear.Apply(step.Weights.Matrix(MatrixOf(step.Step)), step.Source));

    /// <inheritdoc/>
    public override void Float(FloatStep step)
    {
        var linear = step.Weights.Matrix(MatrixOf(step.Step));
        FloatKernels.MatMul(step.Source, step.Tokens, linear.Weight, linear.Bias, step.Output);
    }

    /// <inheritdoc/>
    public override StepScale Quantise(QuantiserStep step)
    {
        var linear = step.Weights.Matrix(MatrixOf(step.Step));
        var scale = OutputScale(step);
        var width = step.Description.HeadWidth;
        var source = step.Source;
        step.SetMatrix(MatrixOf(step.Step), MatrixQuantiser.Quantise(
            linear.Weight, linear.Bias, source.Smoothing, source.Value, step.Plan, r => scale.Parts is null ? scale.Value : scale.Parts[r / width],
            step.Cancel));
        return step.Step.Unary is null ? scale : Unary(step, scale.Value);
    }

    /// <inheritdoc/>
    public override void Synthesise(SyntheticStep step)
    {
        var product = (Product)step.Step.Operation;
        step.SetMatrix(product.Matrix, step.Matrix(product.Rows, product.Columns, step.SourceDeviation, step.OutputDeviation, biased: true));
        if (step.Step.Unary is not null)
        {
            step.SetParameters(step.Table());
        }
    }

    private static string MatrixOf(Step step) => ((Product)step.Operation).Matrix;

    private static StepScale OutputScale(QuantiserStep step)
    {
        var result = step.Step.Result!;
        return result.Buffer switch
        {
            Buffers.Residual => new StepScale(step.ResidualScale),
            Buffers.Heads => new StepScale(1) { Parts = step.HeadScales() },
            _ => new StepScale(step.ScaleOf(result.Kinds[0])),
        };
    }

    private static StepScale Unary(QuantiserStep step, double input)
    {
        var output = step.ScaleOf(ValueKind.Activation);
        step.SetParameters(GeluTable.Create(input, output, step.Plan));
        return new StepScale(output);
    }
}
