using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Abbreviations and what they stand for.</summary>
internal static class SwedishAbbreviations
{
    private const int Longest = 6;

    // With full stops or spaces between its letters, or without; the key has neither. A full stop may follow.
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Joined = WordTable.Table(
        """
        tex=till exempel; bla=bland annat; sk=så kallade; dvs=det vill säga; mm=med mera; mfl=med flera; osv=och så vidare
        fd=före detta; from=från och med; tom=till och med; pga=på grund av; dä=det är; fkr=före Kristus; ekr=efter Kristus
        fn=för närvarande; iof=i och för sig; iom=i och med; mao=med andra ord; obs=observera; oa=och annat; odyl=och dylikt
        em=eftermiddag; fm=förmiddag; sa=summa
        """);

    // Whether without its full stop ("!"), or only before a number ("#"), or both.
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Single = WordTable.Table(
        """
        kl=!klockan; ca=!cirka; nr=!nummer; dr=!doktor; prof=professor; hr=!herr; jfr=!jämför; inkl=!inklusive; exkl=!exklusive
        ev=eventuellt; enl=!enligt; resp=respektive; forts=fortsättning; max=maximalt; tel=!telefon; tfn=!telefon; ankn=!anknytning
        s=#sida; sid=#sida; kap=#kapitel; art=#artikel; vol=#volym; fig=#figur; bl=bland; avd=avdelning; st=stycken; milj=miljoner
        mån=måndag; tis=tisdag; ons=onsdag; tors=torsdag; fre=fredag; lör=lördag; sön=söndag; jan=januari; feb=februari; apr=april
        aug=augusti; sept=september; sep=september; okt=oktober; nov=november; dec=december; etc=!et cetera; vs=!versus
        mvh=!med vänlig hälsning; osv=!och så vidare; dvs=!det vill säga; mfl=!med flera; pga=!på grund av
        """);

    /// <summary>What the abbreviation that begins at <paramref name="start"/> stands for, and where it ends, without its last full stop; null for none.</summary>
    public static string? Find(ReadingCursor c, int start, out int end)
    {
        end = start;
        var first = EndOfPart(c, start);
        if (first == start || first - start > Longest)
        {
            return null;
        }

        return FindSaint(c, start, ref end) ?? FindJoined(c, start, first, ref end) ?? FindSingle(c, start, first, ref end);
    }

    private static int EndOfPart(ReadingCursor c, int at)
    {
        var start = at;
        while (at - start <= Longest && c.IsLetter(at))
        {
            at++;
        }

        return at;
    }

    // "S:t Erik", "S:ta Maria"
    private static string? FindSaint(ReadingCursor c, int start, ref int end)
    {
        if (c.Text[start] is not ('s' or 'S') || c.Peek(start + 1) != ':' || c.Peek(start + 2) != 't')
        {
            return null;
        }

        var isWoman = c.Peek(start + 3) == 'a';
        end = start + (isWoman ? 4 : 3);
        return isWoman ? "Sankta" : "Sankt";
    }

    // Parts of one to four letters with the same sign between them: "t.ex", "t ex", "fr o m".
    private static string? FindJoined(ReadingCursor c, int start, int first, ref int end)
    {
        var sign = c.Peek(first);
        if (first - start > 2 || sign is not ('.' or ' '))
        {
            return null;
        }

        Span<char> key = stackalloc char[Longest];
        var length = 0;
        string? found = null;
        for (var (at, parts) = (start, 0); parts < 3; parts++)
        {
            var stop = EndOfPart(c, at);
            if (stop == at || stop - at > 4 || length + stop - at > Longest)
            {
                break;
            }

            length += c.Text.AsSpan(at, stop - at).ToLowerInvariant(key[length..]);
            if (parts > 0 && Joined.TryGetValue(key[..length], out var words))
            {
                (found, end) = (words, stop);
            }

            if (c.Peek(stop) != sign)
            {
                break;
            }

            at = sign == '.' && c.Peek(stop + 1) == ' ' ? stop + 2 : stop + 1;
        }

        return found;
    }

    private static string? FindSingle(ReadingCursor c, int start, int first, ref int end)
    {
        Span<char> key = stackalloc char[Longest];
        var length = c.Text.AsSpan(start, first - start).ToLowerInvariant(key);
        if (!Single.TryGetValue(key[..length], out var words))
        {
            return null;
        }

        var hasStop = c.Peek(first) == '.';
        var isFree = words[0] == '!';
        if ((!hasStop && !isFree) || (words[0] == '#' && !c.IsDigit(c.SkipSpace(first + 1))) || c.Peek(first) is '-' or ':'
            && c.IsLetter(first + 1))
        {
            return null;
        }

        end = first;
        return words.TrimStart('!', '#');
    }
}
