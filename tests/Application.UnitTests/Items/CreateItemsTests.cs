using AutoMapper;
using Dictation.Application.Abstractions;
using Dictation.Application.Items;
using Dictation.Application.Lexicons;
using Dictation.Application.Tts;
using Dictation.Application.UnitTests.Support;
using Dictation.Domain.Items;
using Microsoft.Extensions.Options;
using Moq;

namespace Dictation.Application.UnitTests.Items;

public sealed class CreateItemsTests
{
    [Test]
    public async Task Handle_AHundredItems_IsOneLookAtTheTasksAndOneStoring()
    {
        var voices = new Mock<IVoiceCatalog>();
        voices.Setup(v => v.FindByLanguage("fi")).Returns(new Voice("aino", "fi", 16000, "hash", null, null));
        var tasks = new Mock<ITtsTaskStore>(MockBehavior.Strict);
        tasks.Setup(t => t.FindLiveByKeysAsync(It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>())).ReturnsAsync([]);
        var items = new Mock<IItemRepository>(MockBehavior.Strict);
        items.Setup(r => r.AddAsync(It.IsAny<IReadOnlyList<Item>>(), It.IsAny<SpeechPlan>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((IReadOnlyList<Item> added, SpeechPlan _, CancellationToken _) => new AddedItems(AddOutcome.Added, [.. Enumerable.Range(1, added.Count).Select(i => (long)i)]));
        items.Setup(r => r.FindManyAsync(It.Is<IReadOnlyCollection<long>>(ids => ids.Count == 100), It.IsAny<CancellationToken>())).ReturnsAsync([]);
        using var meters = new TestMeters();
        var engine = new FakeEngine();
        var submissions = new SpeechSubmissions(
            tasks.Object,
            engine,
            Mock.Of<IAudioStore>(),
            voices.Object,
            new SpeechReadings(Mock.Of<ILexiconRepository>(), new LexiconCache(), voices.Object),
            new ConversionIds(TimeProvider.System),
            new TaskEventBroadcaster(),
            new DispatchSignal(),
            new SpeechMetrics(meters, engine, new ClaimedTasks(), TimeProvider.System, Options.Create(new QueueOptions())),
            TimeProvider.System,
            Options.Create(new QueueOptions()));
        var presenter = new ItemPresenter(new MapperConfiguration(c => c.AddProfile<ItemMapping>()).CreateMapper(), Mock.Of<IAudioLinks>());
        var handler = new CreateItemsHandler(
            new NewItems(items.Object, submissions, new ItemSpeech(voices.Object), presenter, TimeProvider.System), new CreateItemValidator(), TimeProvider.System);

        // Every other text twice: equal texts share a task.
        await handler.Handle(new CreateItems([.. Enumerable.Range(0, 100).Select(i => new CreateItem("fi", $"Teksti {i / 2}", null, null))]), default);
        tasks.Verify(t => t.FindLiveByKeysAsync(It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()), Times.Once);
        items.Verify(
            r => r.AddAsync(
                It.Is<IReadOnlyList<Item>>(added => added.Count == 100),
                It.Is<SpeechPlan>(p => p.Added.Count == 50 && p.Submissions.Count == 100 && p.Submissions[3].Task == p.Submissions[2].Task && p.Added.All(t => !t.HeldByClient)),
                It.IsAny<CancellationToken>()),
            Times.Once);
    }
}
