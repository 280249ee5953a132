namespace Dictation.Speech.Normalization.English;

/// <summary>Everything else: slashes, full stops inside names, dashes, and the punctuation that shapes speech in every language.</summary>
internal sealed class PunctuationReading() : Reading(
    "Punctuation",
    ("“Hello,” he said.", "Hello, he said."),
    ("The cat (a black one) sleeps.", "The cat, a black one, sleeps."),
    ("Well... no, wait.", "Well, no, wait."),
    ("upgrade/update", "upgrade slash update"),
    ("and/or", "and or"),
    ("a .zip file", "a dot zip file"),
    ("``Yes''", "Yes"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var mark = c.Text[c.At];
        if (mark == '/')
        {
            SaySlash(c);
        }
        else if (mark == '.' && IsNamePart(c))
        {
            c.Builder.Say("dot", c.At++);
        }
        else
        {
            SpokenPunctuation.Read(c);
        }

        return true;
    }

    // Silent in "and/or", between numbers and where it parts nothing.
    private static void SaySlash(ReadingCursor c)
    {
        var (before, behind) = (c.At - 1, c.At + 1);
        var isSpaced = c.Peek(before) == ' ' && c.Peek(behind) == ' ' && c.IsLetter(behind + 1);
        var isSilent = c.Peek(before) is '<' or '>' or '\0' or ' ' or '/' or '\n' || c.Peek(behind) is '>' or '/' or '\0' or '\n'
            || (c.IsDigit(behind) && c.Peek(before) is not ' ') || (c.IsDigit(before) && c.IsLetter(behind))
            || c.WordBefore(c.At) is "and" or "And";
        if (isSilent && !isSpaced)
        {
            c.Builder.Space();
        }
        else
        {
            c.Builder.Say("slash", c.At);
        }

        c.At++;
    }

    // ".zip", "Node.js"
    private static bool IsNamePart(ReadingCursor c) =>
        (char.IsLower(c.Peek(c.At + 1)) && c.IsLetter(c.At - 1) && !c.EndsSentence(c.At)) || (c.IsLetter(c.At + 1) && c.Peek(c.At - 1) is ' ' or '\0' or '(');
}
