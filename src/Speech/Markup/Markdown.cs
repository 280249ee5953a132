namespace Dictation.Speech.Markup;

/// <summary>Reads Markdown: CommonMark with the tables, strikethrough, task lists and footnotes of GitHub.</summary>
internal static class Markdown
{
    public static void Read(string text, SpeechScriptBuilder script) => Read(text, script, isMarkdown: true);

    /// <param name="isMarkdown">Whether the text is Markdown; otherwise only signs that nobody writes for another reason are.</param>
    public static void Read(string text, SpeechScriptBuilder script, bool isMarkdown)
    {
        var search = new TextSearch(text);
        var tags = new HtmlTags(text, isHtml: false, search);
        var marks = new MarkedText(text);
        var blocks = new MarkdownBlocks(text, marks, isMarkdown);
        blocks.Run();
        var inlines = new MarkdownInlines(text, marks, tags, blocks.Definitions, isMarkdown);
        foreach (var (from, to) in blocks.Inlines)
        {
            inlines.Run(from, to);
        }

        new MarkupWriter(text, tags, search, script) { Marks = marks }.Run();
    }
}
