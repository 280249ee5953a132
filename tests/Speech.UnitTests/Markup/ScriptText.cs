using System.Globalization;
using System.Text;
using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Markup;

/// <summary>Writes a script so that a test can show it.</summary>
internal static class ScriptText
{
    /// <summary>The parts, with <c>/</c> where a sentence begins, <c>¶</c> where a paragraph does, and pauses in seconds.</summary>
    public static string Show(string text, InputFormat format)
    {
        var script = SpeechScript.Parse(text, format);
        var shown = new StringBuilder();
        foreach (var part in script.Parts)
        {
            if (shown.Length > 0 && part.Boundary != ScriptBoundary.None)
            {
                var before = shown.ToString().TrimEnd();
                shown.Clear().Append(before).Append(part.Boundary == ScriptBoundary.Sentence ? '/' : '¶');
            }

            shown.Append(part.Pause is { } pause ? $"<{pause.ToString(CultureInfo.InvariantCulture)}>" : "");
            shown.Append(part.Boundary == ScriptBoundary.None ? part.Text : part.Text.Trim());
        }

        return shown.ToString().Trim();
    }

    /// <summary>What must hold of every script.</summary>
    public static void AssertIsSound(string text, SpeechScript script)
    {
        var last = 0;
        foreach (var part in script.Parts)
        {
            Assert.That(part.Offsets, Has.Count.EqualTo(part.Text.Length));
            Assert.That(part.Ends, Has.Count.EqualTo(part.Text.Length));
            for (var i = 0; i < part.Text.Length; i++)
            {
                if (part.Offsets[i] < last || part.Ends[i] <= part.Offsets[i] || part.Ends[i] > text.Length)
                {
                    Assert.Fail($"Unit {i} of a part is said to come from {part.Offsets[i]}..{part.Ends[i]} of {text.Length}, behind {last}: {text}");
                }

                last = part.Offsets[i];
            }
        }

        foreach (var element in script.Unhonoured)
        {
            Assert.That((text[element.Start], text[element.Start + element.Length - 1]), Is.EqualTo(('<', '>')), text);
        }
    }
}
