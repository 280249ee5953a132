using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Random bytes in each file of each layout: a voice or one sentence, in bounded memory. A failing check prints the seed that repeats it.</summary>
[NonParallelizable]
public sealed class RandomFilesTests
{
    private const int Inputs = 60, End = 4096;

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCase("optimum-vits-tiny-quiet")]
    [TestCase("transformersjs-vits-tiny")]
    [TestCase("sherpa-mms-tiny")]
    [TestCase("piper")]
    public void Read_RandomBytesInAnyFile_GivesAVoiceOrOneSentence(string layout)
    {
        var folder = Copy(layout);
        var whole = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => (file, File.ReadAllBytes(file)))
            .ToList();

        Prop.ForAll(Spoiling(), spoilt =>
        {
            var (file, bytes) = whole[spoilt.File % whole.Count];
            File.WriteAllBytes(file, spoilt.Apply(bytes));
            ReadOrRefuse(folder);
            File.WriteAllBytes(file, bytes);
        }).Check(Seed.Config(Inputs));
    }

    private static void ReadOrRefuse(string folder)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            InstalledVoice.Read(folder);
        }
        catch (VoiceException e)
        {
            RefusedVoice.OneSentence(e);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(RefusedVoice.MostMemory));
    }

    private static Arbitrary<Spoilt> Spoiling() => (
        from file in Gen.Choose(0, 1000)
        from kind in Gen.Choose(0, 3)
        from length in Gen.Choose(0, int.MaxValue)
        from bytes in Gen.Choose(0, 255).ArrayOf()
        from places in Gen.Choose(0, int.MaxValue).ArrayOf(4)
        select new Spoilt(file, kind, length, [.. bytes.Select(b => (byte)b)], places)).ToArbitrary();

    private string Copy(string layout)
    {
        if (layout != "piper")
        {
            return LayoutFolder.Copy(LayoutFolder.Source(layout), _directory.Path);
        }

        Espeak.Require();
        return LayoutFolder.Copy(Path.Combine(SpeechTestBed.PiperDirectory, "fi_FI-aino-piper"), _directory.Path);
    }

    /// <summary>What is done to a file.</summary>
    /// <param name="File">Which one.</param>
    /// <param name="Kind">0: cut off; 1: other bytes in its place; else: some bytes changed.</param>
    private sealed record Spoilt(int File, int Kind, int Length, byte[] Bytes, int[] Places)
    {
        public byte[] Apply(byte[] whole)
        {
            if (Kind == 0)
            {
                return whole[..(Length % (whole.Length + 1))];
            }

            if (Kind == 1)
            {
                return Bytes;
            }

            var changed = (byte[])whole.Clone();
            for (var i = 0; i < Bytes.Length && i < Places.Length; i++)
            {
                // A model's structure lies at its ends more than among its weights.
                var at = i % 2 == 0 ? Places[i] % Math.Min(whole.Length, End) : Places[i] % whole.Length;
                changed[i % 4 == 0 ? whole.Length - 1 - at : at] = Bytes[i];
            }

            return changed;
        }
    }
}
