namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Abbreviations in full, with full stops between their letters, spaces, or neither.</summary>
internal sealed class AbbreviationReading() : Reading(
    "Abbreviation",
    ("t.ex. katter", "till exempel katter"),
    ("t ex katter", "till exempel katter"),
    ("bl.a. Finland", "bland annat Finland"),
    ("s.k. vänner", "så kallade vänner"),
    ("katter, hundar osv.", "katter, hundar och så vidare."),
    ("dvs. aldrig", "det vill säga aldrig"),
    ("ca 50 personer", "cirka femtio personer"),
    ("nr 5", "nummer fem"),
    ("s. 12", "sida tolv"),
    ("S:t Erik", "Sankt Erik"),
    ("dr Berg", "doktor Berg"),
    ("kl. 8", "klockan åtta"),
    ("fr.o.m. maj t.o.m. juni", "från och med maj till och med juni"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var start = c.At;
        if (SpokenPunctuation.IsWordCharacter(c.Text, start - 1) || SwedishAbbreviations.Find(c, start, out var end) is not { } words)
        {
            return false;
        }

        c.Builder.Say(words, start);
        c.At = end;
        if (c.Peek(end) == '.')
        {
            c.SwallowStop();
        }

        var next = c.SkipSpaces(c.Peek(c.At) == ':' ? c.At + 1 : c.At);
        if (words == "klockan")
        {
            c.Expect(Expected.Time, next);
        }
        else if (words == "telefon")
        {
            c.At = c.Peek(c.At) == ':' ? c.At + 1 : c.At;
            c.Expect(Expected.Telephone, next);
        }

        return true;
    }
}
