using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Storage;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure.IntegrationTests.Storage;

public sealed class LocalAudioStoreTests
{
    private const string Key = "ab/0123456789abcdef0123456789abcdab.wav";

    private TemporaryDirectory directory = null!;
    private LocalAudioStore store = null!;

    private string Temporary => Path.Combine(directory.Path, ".tmp");

    [SetUp]
    public void MakeStore()
    {
        directory = new TemporaryDirectory();
        store = Store(directory.Path);
    }

    [TearDown]
    public void RemoveStore() => directory.Dispose();

    [TestCase(100_000)]
    [TestCase(SpoolStream.MaxInMemory + 1)]
    public async Task Write_BeforeTheCommit_IsNotVisible(int length)
    {
        await using var writer = store.Create(Key);
        await writer.Stream.WriteAsync(new byte[length]);
        await writer.Stream.FlushAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await store.ExistsAsync(Key, default), Is.False);
            Assert.That(await store.OpenAsync(Key, default), Is.Null);
            Assert.That(await ListAsync(), Is.Empty);
        });
    }

    [Test]
    public void Store_ThatIsNotThere_IsAnErrorAndNotAnEmptyStore_AndIsNotMadeAnew()
    {
        Directory.Delete(directory.Path, recursive: true);
        Assert.Multiple(() =>
        {
            Assert.That(() => store.Create(Key), Throws.InstanceOf<IOException>());
            Assert.That(() => store.ExistsAsync(Key, default), Throws.InstanceOf<IOException>());
            Assert.That(() => store.OpenAsync(Key, default), Throws.InstanceOf<IOException>());
            Assert.That(() => store.DeleteAsync(Key, default), Throws.InstanceOf<IOException>());
            Assert.That(() => store.DeleteAbandonedAsync(false, default), Throws.InstanceOf<IOException>());
            Assert.That(() => store.CheckWritableAsync(default), Throws.InstanceOf<IOException>());
            Assert.That(Directory.Exists(directory.Path), Is.False);
        });
    }

    [Test]
    public async Task Create_BesideACleanupThatNeverRests_NeverFailsAndLosesNoFile()
    {
        using var enough = new CancellationTokenSource();
        var cleanups = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await store.DeleteAbandonedAsync(dryRun: false, default);
            }
        })).ToList();
        for (var i = 0; i < 100; i++)
        {
            Assert.That(await WriteAsync($"ab/{i}.wav", "Hei"), Is.EqualTo(3));
        }

        await enough.CancelAsync();
        await Task.WhenAll(cleanups);
        Assert.That(await ListAsync(), Has.Count.EqualTo(100));
        Assert.That(Directory.EnumerateFiles(Temporary), Is.Empty);
    }

    [Test]
    public async Task Commit_PutsTheWholeFileUnderItsKey()
    {
        var before = DateTime.UtcNow.AddMinutes(-1);
        Assert.That(await WriteAsync(Key, "Hei, maailma"), Is.EqualTo(12));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ReadAsync(Key), Is.EqualTo("Hei, maailma"));
            Assert.That(await store.ExistsAsync(Key, default), Is.True);
            Assert.That(Directory.EnumerateFiles(Temporary), Is.Empty);
        });
        var file = (await store.OpenAsync(Key, default))!;
        await using (file.Content)
        {
            Assert.That(file.ModifiedAt, Is.GreaterThan(before));
            Assert.That((file.ModifiedAt.Kind, file.Content.CanSeek, file.Content.Position), Is.EqualTo((DateTimeKind.Utc, true, 0L)));
        }
    }

    [TestCase(100_000)]
    [TestCase(SpoolStream.MaxInMemory + 1)]
    public async Task Dispose_Uncommitted_LeavesNothing(int length)
    {
        await using (var writer = store.Create(Key))
        {
            await writer.Stream.WriteAsync(new byte[length]);
            Assert.That(Directory.EnumerateFiles(Temporary).Count(), Is.EqualTo(length > SpoolStream.MaxInMemory ? 1 : 0), "a short file is not made before it is stored");
        }

        Assert.That(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task Dispose_UncommittedOverAnExistingFile_KeepsIt()
    {
        await WriteAsync(Key, "vanha");
        await using (var writer = store.Create(Key))
        {
            await writer.Stream.WriteAsync(new byte[10]);
        }

        Assert.That(await ReadAsync(Key), Is.EqualTo("vanha"));
    }

    [Test]
    public async Task Commit_WhileAReaderHasTheOldFile_ReplacesItAndLeavesTheReaderAlone()
    {
        await WriteAsync(Key, "vanha");
        var old = (await store.OpenAsync(Key, default))!;
        using var reader = new StreamReader(old.Content);
        await WriteAsync(Key, "aivan uusi");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("vanha"));
            Assert.That(await ReadAsync(Key), Is.EqualTo("aivan uusi"));
        });
    }

    [Test]
    public async Task Commit_Cancelled_ChangesNothing()
    {
        await WriteAsync(Key, "vanha");
        await using (var writer = store.Create(Key))
        {
            Assert.That(() => writer.CommitAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        }

        Assert.That(await ReadAsync(Key), Is.EqualTo("vanha"));
        Assert.That(Directory.EnumerateFiles(Temporary), Is.Empty);
    }

    [Test]
    public async Task DeleteAbandoned_SparesWhatAWriterHolds()
    {
        var abandoned = Path.Combine(Temporary, "left.wav.x.part");
        await File.WriteAllTextAsync(abandoned, "12345");
        await using var writer = store.Create(Key);
        await writer.Stream.WriteAsync(new byte[SpoolStream.MaxInMemory + 1]);
        var held = Directory.EnumerateFiles(Temporary).Single(f => f != abandoned);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await store.DeleteAbandonedAsync(dryRun: true, default), Is.EqualTo(new RemovedFiles(1, 5)));
            Assert.That(File.Exists(abandoned), Is.True, "a dry run removes nothing");
            Assert.That(await store.DeleteAbandonedAsync(dryRun: false, default), Is.EqualTo(new RemovedFiles(1, 5)));
            Assert.That((File.Exists(abandoned), File.Exists(held)), Is.EqualTo((false, true)));
            Assert.That(await writer.CommitAsync(default), Is.EqualTo(SpoolStream.MaxInMemory + 1));
        });
    }

    [Test]
    public async Task Commit_AfterAKilledWriter_RemovesWhatItLeftForThisKey()
    {
        var (same, other) = (Path.Combine(Temporary, $"{Path.GetFileName(Key)}.x.part"), Path.Combine(Temporary, "other.wav.x.part"));
        await File.WriteAllTextAsync(same, "half");
        await File.WriteAllTextAsync(other, "half");
        await WriteAsync(Key, "whole");
        Assert.That((File.Exists(same), File.Exists(other)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Create_TwiceForOneKey_LetsTheLastCommitWin()
    {
        await using (var first = store.Create(Key))
        await using (var second = store.Create(Key))
        {
            await first.Stream.WriteAsync("yksi"u8.ToArray());
            await second.Stream.WriteAsync("kaksi"u8.ToArray());
            await second.CommitAsync(default);
            await first.CommitAsync(default);
        }

        Assert.That(await ReadAsync(Key), Is.EqualTo("yksi"));
    }

    [TestCase("../outside.wav")]
    [TestCase("ab/../../outside.wav")]
    [TestCase("/etc/outside.wav")]
    [TestCase("")]
    [TestCase(".")]
    public void AnyUse_OfAKeyThatLeavesTheRoot_IsRefused(string key)
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => store.Create(key), Throws.ArgumentException);
            Assert.That(() => store.OpenAsync(key, default), Throws.ArgumentException);
            Assert.That(() => store.ExistsAsync(key, default), Throws.ArgumentException);
            Assert.That(() => store.DeleteAsync(key, default), Throws.ArgumentException);
            Assert.That(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories), Is.Empty);
        });
    }

    [Test]
    public async Task AnyUse_OfASiblingWhoseNameBeginsLikeTheRoot_IsRefused()
    {
        var sibling = directory.Path + "-secret";
        Directory.CreateDirectory(sibling);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(sibling, "x.wav"), "salaisuus");
            Assert.That(() => store.OpenAsync($"../{Path.GetFileName(sibling)}/x.wav", default), Throws.ArgumentException);
        }
        finally
        {
            Directory.Delete(sibling, recursive: true);
        }
    }

    [Test]
    public async Task ListAndDelete_TellSizes()
    {
        await WriteAsync("aa/1.wav", "12345");
        await WriteAsync("bb/2.wav", "123");
        await using var unfinished = store.Create("cc/3.wav");
        Assert.That((await ListAsync()).Select(f => (f.Key, f.Size, f.ModifiedAt.Kind)), Is.EquivalentTo(((string, long, DateTimeKind)[])[("aa/1.wav", 5, DateTimeKind.Utc), ("bb/2.wav", 3, DateTimeKind.Utc)]));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await store.DeleteAsync("aa/1.wav", default), Is.EqualTo(5));
            Assert.That(await store.DeleteAsync("aa/1.wav", default), Is.Zero);
            Assert.That((await ListAsync()).Select(f => f.Key), Is.EqualTo((string[])["bb/2.wav"]));
        });
    }

    [Test]
    public async Task Commit_ToAPathThatCannotBeMade_IsAnIOExceptionAndLeavesNothing()
    {
        // A file where the folder should be: permissions would not stop a test that runs as root.
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "ab"), "in the way");
        await using (var writer = store.Create(Key))
        {
            Assert.That(() => writer.CommitAsync(default), Throws.InstanceOf<IOException>());
        }

        Assert.That(Directory.EnumerateFiles(Temporary), Is.Empty);
    }

    [Test]
    public void Create_WhereTheStoreCannotBeWritten_IsAnIOException()
    {
        Directory.Delete(Temporary);
        File.WriteAllText(Temporary, "in the way");
        Assert.That(() => store.Create(Key), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void NewStore_UnderAFile_SaysWhichDirectory()
    {
        var file = Path.Combine(directory.Path, "file");
        File.WriteAllText(file, "in the way");
        Assert.That(() => Store(Path.Combine(file, "audio")), Throws.TypeOf<StartupException>().With.Message.Contains(Path.Combine(file, "audio")));
    }

    [Test]
    public async Task CheckWritable_OfAStoreThatWorks_LeavesNothing()
    {
        await store.CheckWritableAsync(default);
        Assert.That(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void CheckWritable_OfAVanishedDirectory_IsAnIOExceptionAndMakesNone()
    {
        Directory.Delete(Temporary);
        Assert.That(() => store.CheckWritableAsync(default), Throws.InstanceOf<IOException>());
        Assert.That(Directory.Exists(Temporary), Is.False);
    }

    private static LocalAudioStore Store(string path) => new(Options.Create(new AudioStoreOptions { Directory = path }));

    private async Task<long> WriteAsync(string key, string content)
    {
        await using var writer = store.Create(key);
        await using (var text = new StreamWriter(writer.Stream, leaveOpen: true))
        {
            await text.WriteAsync(content);
        }

        return await writer.CommitAsync(default);
    }

    private async Task<string> ReadAsync(string key)
    {
        using var reader = new StreamReader((await store.OpenAsync(key, default))!.Content);
        return await reader.ReadToEndAsync();
    }

    private async Task<List<StoredFileInfo>> ListAsync()
    {
        var files = new List<StoredFileInfo>();
        await foreach (var file in store.ListAsync(default))
        {
            files.Add(file);
        }

        return files;
    }
}
