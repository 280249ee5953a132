namespace Dictation.Speech.Markup;

/// <summary>Reads a text of no declared format: as it stands, except markup beyond doubt.</summary>
internal static class PastedText
{
    public static void Read(string text, SpeechScriptBuilder script)
    {
        if (SpeechScript.MayHaveMarkup(text))
        {
            Markdown.Read(text, script, isMarkdown: false);
        }
        else
        {
            PauseTags.Read(text, script);
        }
    }
}
