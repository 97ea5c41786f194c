using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>The queues of the memory model beside the library's, over their ends and over their first size.</summary>
public sealed class InlineQueueTests
{
    [Fact]
    public void Gives_back_what_went_in_in_order()
    {
        var (random, expected, queue) = (new Random(3), new Queue<int>(), new InlineQueue<int>(4));
        var most = 0;
        for (var step = 0; step < 2000; step++)
        {
            // It fills up in the first half and runs dry in the second.
            if (random.Next(100) < (step < 1000 ? 52 : 46))
            {
                expected.Enqueue(step);
                queue.Enqueue(step);
            }
            else if (expected.Count > 0)
            {
                Assert.Equal(expected.Peek(), queue.Next);
                Assert.Equal(expected.Dequeue(), queue.Dequeue());
            }

            Assert.Equal(expected.Count, queue.Count);
            most = Math.Max(most, queue.Count);
        }

        Assert.True(most > 8, $"at most {most} at a time: it never grew");
        queue.Enqueue(1);
        queue.Clear();
        Assert.Equal(0, queue.Count);
        queue.Enqueue(7);
        Assert.Equal(7, queue.Dequeue());
    }
}
