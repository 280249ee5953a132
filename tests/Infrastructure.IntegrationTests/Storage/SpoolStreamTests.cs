using Dictation.Infrastructure.Storage;

namespace Dictation.Infrastructure.IntegrationTests.Storage;

/// <summary>A file that begins in memory behaves like one that does not, to its writer and to who reads along.</summary>
public sealed class SpoolStreamTests
{
    private TemporaryDirectory directory = null!;
    private int made;

    [SetUp]
    public void MakeDirectory() => (directory, made) = (new TemporaryDirectory(), 0);

    [TearDown]
    public void RemoveDirectory() => directory.Dispose();

    [Test]
    public void AnyUse_AroundTheLimit_EqualsAMemoryStream([Range(1, 40)] int seed)
    {
        var random = Seed.Random(seed);
        using var spooled = new SpoolStream(Make);
        using var expected = new MemoryStream();
        var buffers = (Ours: new byte[200_000], Theirs: new byte[200_000]);
        for (var step = 0; step < 60; step++)
        {
            switch (random.Next(4))
            {
                case 0 or 1:
                    var written = new byte[random.Next(60_000)];
                    random.NextBytes(written);
                    spooled.Write(written);
                    expected.Write(written);
                    break;
                case 2:
                    var to = random.NextInt64(expected.Length + 1);
                    spooled.Position = to;
                    expected.Position = to;
                    break;
                default:
                    var count = random.Next(200_000);
                    var read = spooled.Read(buffers.Ours, 0, count);
                    Assert.That(read, Is.EqualTo(expected.Read(buffers.Theirs, 0, count)), $"seed {seed}, step {step}");
                    Assert.That(buffers.Ours.AsSpan(0, read).SequenceEqual(buffers.Theirs.AsSpan(0, read)), $"seed {seed}, step {step}");
                    break;
            }

            var offset = random.NextInt64(expected.Length + 10);
            var along = spooled.ReadAt(offset, buffers.Ours);
            Assert.That(along, Is.EqualTo(Math.Clamp(expected.Length - offset, 0, buffers.Ours.Length)), $"seed {seed}, step {step}");
            Assert.That(buffers.Ours.AsSpan(0, along).SequenceEqual(expected.GetBuffer().AsSpan((int)Math.Min(offset, expected.Length), along)), $"seed {seed}, step {step}");
            Assert.That((spooled.Length, spooled.Position), Is.EqualTo((expected.Length, expected.Position)), $"seed {seed}, step {step}");
            Assert.That(made, Is.EqualTo(expected.Length > SpoolStream.MaxInMemory ? 1 : 0), $"seed {seed}, step {step}");
        }

        spooled.FlushToDisk();
        spooled.Dispose();
        Assert.That(File.ReadAllBytes(Target).SequenceEqual(expected.ToArray()), $"seed {seed}");
    }

    [Test]
    public void ReadAt_WhileItGrowsAndOnceItIsDisposed_GivesWhatWasWritten()
    {
        const int Piece = 10_000, Pieces = 100;
        var file = new SpoolStream(Make);
        var reader = Task.Run(() =>
        {
            var buffer = new byte[3_333];
            long offset = 0;
            while (offset < Piece * Pieces)
            {
                var read = file.ReadAt(offset, buffer);
                for (var i = 0; i < read; i++)
                {
                    Assert.That(buffer[i], Is.EqualTo((byte)((offset + i) / Piece)));
                }

                offset += read;
            }
        });
        for (var i = 0; i < Pieces; i++)
        {
            file.Write(Enumerable.Repeat((byte)i, Piece).ToArray());
        }

        Assert.That(() => reader, Throws.Nothing);
        file.Dispose();
        Assert.That(file.ReadAt(0, new byte[10]), Is.Zero);
    }

    [Test]
    public void AFileThatCannotBeMade_IsToldToTheWriterThatNeedsIt()
    {
        using var file = new SpoolStream(() => throw new IOException("No space left on device."));
        file.Write(new byte[SpoolStream.MaxInMemory]);
        Assert.Multiple(() =>
        {
            Assert.That(() => file.Write(new byte[1]), Throws.InstanceOf<IOException>());
            Assert.That(file.FlushToDisk, Throws.InstanceOf<IOException>());
        });
    }

    private string Target => Path.Combine(directory.Path, "1");

    private FileStream Make()
    {
        made++;
        return new FileStream(Target, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }
}
