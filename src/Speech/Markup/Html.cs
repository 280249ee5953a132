namespace Dictation.Speech.Markup;

/// <summary>Reads HTML, a whole document or a piece, as a browser shows it. Broken HTML is read as far as it goes.</summary>
internal static class Html
{
    /// <summary>Whether a text is a document, beyond doubt. A piece of HTML in other text is not.</summary>
    public static bool IsDocument(string text)
    {
        var prolog = SsmlProlog.Read(text);
        var name = prolog.RootName(text).ToString().ToUpperInvariant();
        return name is "HTML" or "HEAD" or "BODY" && HtmlTag.At(text, prolog.Root, new TextSearch(text)) is { IsDoubtful: false };
    }

    public static void Read(string text, SpeechScriptBuilder script)
    {
        var search = new TextSearch(text);
        new MarkupWriter(text, new HtmlTags(text, isHtml: true, search), search, script) { CollapsesSpace = true }.Run();
    }
}
