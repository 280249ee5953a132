using Dictation.Application;
using Dictation.Infrastructure.Tts;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

public class OnnxDeviceTests
{
    [TestCase("cpu")]
    [TestCase(" CPU ")]
    public void Constructor_Cpu_IsTaken(string device) => Assert.That(Make(device).Name, Is.EqualTo("cpu"));

    [Test]
    public void Constructor_Auto_TakesADeviceThatIsPresentAndWarnsAtMostOnce()
    {
        var logger = new RecordingLogger<OnnxDevice>();

        var device = new OnnxDevice(OnnxDevice.Auto, new TtsOptions(), logger);

        Assert.Multiple(() =>
        {
            Assert.That(OnnxDevice.Present(), Does.Contain(device.Name));
            Assert.That(logger.Entries.Count(entry => entry.Level == LogLevel.Warning), Is.LessThanOrEqualTo(1));
        });
    }

    [Test]
    public void Constructor_NamedButAbsent_ThrowsAndListsWhatIsPresent()
    {
        // No build of ONNX Runtime has both.
        var absent = new[] { "cuda", "directml" }.First(device => !OnnxDevice.Present().Contains(device));

        Assert.That(
            () => Make(absent),
            Throws.TypeOf<StartupException>().With.Message.Contains(absent).And.Message.Contains("Present: ").And.Message.Contains("cpu"));
    }

    [Test]
    public void Constructor_UnknownName_ThrowsAndListsTheKnown() =>
        Assert.That(() => Make("tpu"), Throws.TypeOf<StartupException>().With.Message.Contains("tpu").And.Message.Contains("directml"));

    [Test]
    public void For_AVoiceWithADeviceOfItsOwn_IsThatDevice()
    {
        var options = new TtsOptions { Device = "auto", Devices = { ["small"] = "cpu" } };
        var devices = new OnnxDevices(options, new RecordingLogger<OnnxDevice>());

        Assert.Multiple(() =>
        {
            Assert.That(devices.For("small").Name, Is.EqualTo("cpu"));
            Assert.That(devices.For("small#anna"), Is.SameAs(devices.For("small")), "its speakers too");
            Assert.That(devices.For("other"), Is.Not.SameAs(devices.For("small")));
        });
    }

    [Test]
    public void Constructor_DeviceOfAVoiceThatIsAbsent_NamesTheSettingAndListsWhatIsPresent()
    {
        var absent = new[] { "cuda", "directml" }.First(device => !OnnxDevice.Present().Contains(device));

        Assert.That(
            () => new OnnxDevices(new TtsOptions { Devices = { ["small"] = absent } }, new RecordingLogger<OnnxDevice>()),
            Throws.TypeOf<StartupException>().With.Message.StartsWith("Tts:Devices:small: ").And.Message.Contains("Present: "));
    }

    private static OnnxDevice Make(string device) => new(device, new TtsOptions(), new RecordingLogger<OnnxDevice>());
}
