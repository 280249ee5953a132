using System.Collections;
using AutoMapper;
using AutoMapper.Internal;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Application.UnitTests.Support;
using Dictation.Domain.Tts;
using Moq;

namespace Dictation.Application.UnitTests.Tts;

public sealed class MappingTests
{
    private readonly MapperConfiguration configuration = new(c => c.AddMaps(typeof(ApplicationServices).Assembly));

    [Test]
    public void Configuration_OfEveryProfile_IsValid() => Assert.That(configuration.AssertConfigurationIsValid, Throws.Nothing);

    /// <summary>The mapper recurses without bound on a graph that comes back to itself (ADR 16).</summary>
    [Test]
    public void MappedTypes_OfEveryProfile_AreFreeOfCycles()
    {
        var mapped = configuration.Internal().GetAllTypeMaps().SelectMany(m => (Type[])[m.SourceType, m.DestinationType]).Distinct().ToList();
        Assert.That(mapped, Does.Contain(typeof(TtsTask)).And.Contain(typeof(TtsTaskResponse)));
        Assert.That(mapped.Where(HasCycle), Is.Empty);
    }

    [TestCase(typeof(Self))]
    [TestCase(typeof(Outer))]
    [TestCase(typeof(Listed))]
    public void HasCycle_OfATypeThatComesBackToItself_FindsIt(Type type) => Assert.That(HasCycle(type), Is.True);

    [Test]
    public void HasCycle_OfATypeThatHoldsAnotherTwice_FindsNone() => Assert.That(HasCycle(typeof(Diamond)), Is.False);

    [Test]
    public void Present_OfEachState_ShowsWhatThatStateHas()
    {
        var links = new Mock<IAudioLinks>();
        links.Setup(l => l.TaskAudio(It.IsAny<string>())).Returns((string id) => $"/audio/{id}");
        var presenter = new TtsTaskPresenter(configuration.CreateMapper(), links.Object);
        var queued = presenter.Present(Sample.Queued(1), 7);
        var done = presenter.Present(Sample.Done(2));
        Assert.Multiple(() =>
        {
            Assert.That((queued.Status, queued.QueuePosition, queued.AudioUrl, queued.Metadata), Is.EqualTo((TtsTaskStatus.Queued, (int?)7, (string?)null, (TtsTaskMetadata?)null)));
            Assert.That((done.Status, done.QueuePosition, done.AudioUrl), Is.EqualTo((TtsTaskStatus.Done, (int?)null, $"/audio/{Sample.Id(2)}")));
            Assert.That(done.Metadata!.RealTimeFactor, Is.EqualTo(0.1 / 1.5).Within(1e-12));
            Assert.That((done.Text, done.FileSize, done.SubmittedAt), Is.EqualTo(("Teksti 2", (long?)1000, Sample.Now)));
        });
    }

    private static bool HasCycle(Type type) => HasCycle(type, []);

    private static bool HasCycle(Type type, HashSet<Type> above)
    {
        if (!above.Add(type))
        {
            return true;
        }

        var cyclic = type.GetProperties().SelectMany(p => Parts(p.PropertyType)).Any(t => HasCycle(t, above));
        above.Remove(type);
        return cyclic;
    }

    /// <summary>What a mapper would descend into: not the values of the framework, but what its collections hold.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.IsArray)
        {
            return Parts(type.GetElementType()!);
        }

        if (typeof(IEnumerable).IsAssignableFrom(type) || Nullable.GetUnderlyingType(type) is not null)
        {
            return type.GetGenericArguments().SelectMany(Parts);
        }

        return type.Assembly == typeof(object).Assembly || type.IsEnum ? [] : [type];
    }

    private sealed class Self
    {
        public Self? Next { get; init; }
    }

    private sealed record Outer(Inner Inner);

    private sealed record Inner(Outer? Outer);

    private sealed record Listed(IReadOnlyDictionary<string, Listed[]> Children);

    private sealed record Diamond(Leaf Left, Leaf Right, string Name, DateTime? At);

    private sealed record Leaf(int Value);
}
