using Dictation.Infrastructure.Tts.Vits;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits;

public class VitsPiecesTests
{
    [Test]
    public void For_AnyNumberOfFrames_CoversThemInOrderWithinTheLimits()
    {
        for (var frames = 1; frames < 4000; frames++)
        {
            var pieces = VitsPieces.For(frames).ToList();

            Assert.That(pieces[0].Start, Is.Zero);
            Assert.That(pieces[^1].End, Is.EqualTo(frames));
            Assert.That(pieces.Zip(pieces.Skip(1)), Is.All.Matches<((int, int End) A, (int Start, int) B)>(p => p.A.End == p.B.Start));
            Assert.That(pieces, Is.All.Matches<(int Start, int End)>(p => p.End > p.Start && p.End - p.Start <= VitsPieces.Longest));
            Assert.That(pieces.Count == 1 || pieces[0].End == VitsPieces.First, $"{frames} frames");
        }
    }
}
