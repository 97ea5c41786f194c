using LoopLynx.Accelerator;
using LoopLynx.Gen.Board;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>A token on a variant of the card, by the closed-form model and by the roofline; not simulated.</summary>
/// <param name="Name">The variant.</param>
/// <param name="HbmClockMhz">Clock of the memory, in MHz.</param>
/// <param name="CardGBps">What the card's memory may move, in GB/s.</param>
/// <param name="ModelMs">Of the closed-form model, in ms.</param>
/// <param name="RooflineMs">Bytes over what the memory gives, in ms.</param>
public sealed record CardRow(string Name, int HbmClockMhz, double CardGBps, double ModelMs, double RooflineMs)
{
    // Half of what the card's data sheet says.
    private const double PessimisticGBps = 100;

    /// <summary>The card, its variant with a slower memory, and a pessimistic reading of what its rail gives.</summary>
    /// <param name="card">The card's figures.</param>
    /// <param name="configuration">The machine.</param>
    /// <param name="position">The token's position.</param>
    public static IReadOnlyList<CardRow> All(HbmTiming card, NodeConfiguration configuration, int position)
    {
        // A variant may need the register that a single node of the card doesn't.
        var paced = configuration with { PacesReads = true };
        CardRow Row(string name, HbmTiming variant)
        {
            var cycles = LatencyModel.Token(paced, position, CardPace.Of(ChannelTiming.Of(variant), paced)).Cycles;
            return new(name, variant.HbmMhz, variant.CardGBps, cycles / (variant.KernelMhz * 1000.0), CardPace.RooflineMs(variant, paced, position));
        }

        return
        [
            Row("u50", card),
            Row("u50lv", card with { HbmMhz = U50.Default.LowVoltageHbmClockMhz }),
            Row("u50, rail at half", card with { CardGBps = PessimisticGBps }),
        ];
    }
}
