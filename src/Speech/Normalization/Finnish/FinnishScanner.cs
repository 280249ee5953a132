using System.Collections.Frozen;
using System.Globalization;

namespace Dictation.Infrastructure.Tts.Text;

/// <summary>One pass over one text: at each position the first reading that fits consumes its characters and says them.</summary>
internal sealed partial class FinnishScanner
{
    private const int LongestEnding = 8;

    // Longer words are only ever copied; the limit keeps substrings short.
    private const int LongestToken = 24;

    // What a letter or a number behind it names, so that "A." is no initial and "4.1." no date.
    private static readonly FrozenSet<string> Labels = new[]
    {
        "vaihtoehto", "kohta", "kohdassa", "luokka", "ryhmä", "tyyppi", "kirjain", "vitamiini", "terveisin", "taulukko", "taulukossa", "kuva",
        "kuvassa", "luku", "luvussa", "kappale", "versio", "versiossa", "liite", "liitteessä",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly string _text;
    private readonly SpokenTextBuilder _builder;
    private int _at;

    // Where a time of day or a telephone number is expected, because of the word just before; -1 for nowhere.
    private int _clockAt = -1;
    private int _phoneAt = -1;

    public FinnishScanner(PreparedText prepared)
    {
        _text = prepared.Text;
        _builder = new SpokenTextBuilder(prepared);
    }

    public SpokenText Run()
    {
        while (_at < _text.Length)
        {
            if (char.IsAsciiDigit(_text[_at]))
            {
                ReadNumber();
            }
            else if (SpokenPunctuation.LetterLength(_text, _at) > 0)
            {
                ReadWord();
            }
            else
            {
                ReadSymbol();
            }
        }

        return _builder.Build();
    }

    private char Peek(int index) => index >= 0 && index < _text.Length ? _text[index] : '\0';

    private bool IsLetter(int index) => index >= 0 && SpokenPunctuation.LetterLength(_text, index) > 0;

    private bool IsDigit(int index) => char.IsAsciiDigit(Peek(index));

    private int SkipSpaces(int index)
    {
        while (Peek(index) == ' ')
        {
            index++;
        }

        return index;
    }

    private void ReadWord()
    {
        var start = _at;
        if (!SpokenPunctuation.IsWordCharacter(_text, start - 1) && TryAddress())
        {
            return;
        }

        var end = EndOfLetters(start);
        var bare = Peek(start - 1) != '-' && !(Peek(end) == '-' && IsLetter(end + 1));
        if ((bare && TryAbbreviation(start, end)) || TryWeekday(start, end))
        {
            return;
        }

        var word = end - start <= LongestToken ? _text[start..end] : "";
        _at = end;
        var ending = ReadEnding();
        if (!TrySayAsLetters(word, start, ending))
        {
            SayWord(start, end);
            if (ending.Length > 0)
            {
                _builder.Glue();
                _builder.Copy(end + 1, end + 1 + ending.Length);
            }
        }

        if (word is "kello" or "Kello")
        {
            _clockAt = string.CompareOrdinal(_text, _at, " on ", 0, 4) == 0 ? _at + 4 : SkipSpaces(_at);
        }

        if (word is "puhelin" or "Puhelin" or "puhelinnumero" or "Puhelinnumero" or "tel" or "Tel")
        {
            _phoneAt = SkipSpaces(Peek(_at) == ':' ? _at + 1 : _at);
        }
    }

    private int EndOfLetters(int start)
    {
        var end = start;
        while (true)
        {
            var length = SpokenPunctuation.LetterLength(_text, end);
            if (length == 0 && end > start)
            {
                length = SpokenPunctuation.MarkLength(_text, end);
            }

            if (length == 0 && end > start && Peek(end) == '\'' && IsLetter(end + 1))
            {
                length = 1;
            }

            if (length == 0)
            {
                return end;
            }

            end += length;
        }
    }

    private bool TryAddress()
    {
        var end = FinnishAddresses.EndOf(_text, _at);
        if (end == 0)
        {
            return false;
        }

        FinnishAddresses.Say(_builder, _text, _at, end);
        _at = end;
        return true;
    }

    // The letters behind a colon that glue to a word or number: "EU:n". Empty where none follow or too many do.
    private string ReadEnding()
    {
        if (Peek(_at) != ':')
        {
            return "";
        }

        var end = _at + 1;
        while (end <= _at + LongestEnding && char.IsLower(Peek(end)))
        {
            end++;
        }

        if (end == _at + 1 || SpokenPunctuation.IsWordCharacter(_text, end))
        {
            return "";
        }

        var ending = _text[(_at + 1)..end];
        _at = end;
        return ending;
    }

    private bool TrySayAsLetters(string word, int start, string ending)
    {
        if (word.Length == 1 && FinnishInitialisms.Letter(word[0]) is not null)
        {
            if (TryInitial(start))
            {
                return true;
            }

            var inflects = ending.Length > 0 && word[0] is not ('w' or 'W' or 'π');
            _builder.Say(inflects ? FinnishInitialisms.Spell(word, ending) : FinnishInitialisms.Letter(word[0])!, start);
            return true;
        }

        var roman = FinnishInitialisms.RomanValue(word);
        if (roman > 0)
        {
            var form = ending.Length > 0 && FinnishEndings.TryRead(ending, out var written, out _) ? written : CaseOfOrdinal(_at);
            _builder.Say(FinnishNumbers.Ordinal(roman, form), start);
            return true;
        }

        if (ending.Length == 0 && FinnishUnits.TryName(word, out var unit))
        {
            _builder.Say(unit, start);
            return true;
        }

        if (!FinnishInitialisms.IsSpelled(word, IsAmongCapitals(start, start + word.Length)))
        {
            return false;
        }

        _builder.Say(FinnishInitialisms.Spell(word, ending), start);
        return true;
    }

    // "J. K. Paasikivi": the full stop of an initial is silent when a name follows, unless the letter is what a word before it labels
    // ("vaihtoehto A. Sitten ...").
    private bool TryInitial(int start)
    {
        if (!char.IsUpper(_text[start]) || Peek(start + 1) != '.')
        {
            return false;
        }

        var next = SkipSpaces(start + 2);
        if (!char.IsUpper(Peek(next)) || IsBehindLabel(start))
        {
            return false;
        }

        _builder.Say(FinnishInitialisms.Letter(_text[start])!, start);
        _at = start + 2;
        return true;
    }

    private bool IsBehindLabel(int start)
    {
        var end = start;
        while (Peek(end - 1) == ' ')
        {
            end--;
        }

        var first = end;
        while (end - first < LongestToken && char.IsLetter(Peek(first - 1)))
        {
            first--;
        }

        return Labels.Contains(_text[first..end]);
    }

    // A neighbour in capitals with four letters or more means a line set in capitals, not a row of initialisms.
    private bool IsAmongCapitals(int start, int end)
    {
        var next = SkipSpaces(end);
        var nextEnd = next;
        while (nextEnd - next < 4 && char.IsUpper(Peek(nextEnd)))
        {
            nextEnd++;
        }

        var previous = start - 1;
        while (Peek(previous) == ' ')
        {
            previous--;
        }

        var previousStart = previous;
        while (previous - previousStart < 4 && char.IsUpper(Peek(previousStart)))
        {
            previousStart--;
        }

        return nextEnd - next == 4 || previous - previousStart == 4;
    }

    // An apostrophe between equal vowels parts two syllables (vaa'an) and becomes a hyphen; any other is silent (Bordeaux'ssa).
    private void SayWord(int start, int end)
    {
        var part = start;
        for (var i = start; i <= end; i++)
        {
            if (i < end && _text[i] != '\'')
            {
                continue;
            }

            if (part > start)
            {
                if (_text[part] == _text[part - 2] || _text[part] > '\u024F')
                {
                    _builder.Hyphen();
                }
                else
                {
                    _builder.Glue();
                }
            }

            _builder.Copy(part, i);
            part = i + 1;
        }
    }

    private bool TryAbbreviation(int start, int wordEnd)
    {
        if (!FinnishAbbreviations.TryRead(_text, start, wordEnd, out var abbreviation, out var end))
        {
            return false;
        }

        if (abbreviation.Words == "jälkeen ajanlaskun alun" && !IsBehindNumber(start))
        {
            return false;
        }

        _builder.Say(abbreviation.Words, start);
        _at = end;
        if (Peek(_at) == '.')
        {
            SwallowStop(abbreviation.Traits.HasFlag(AbbreviationTraits.Leads));
        }
        else
        {
            ReadEnding();
        }

        var next = SkipSpaces(_at);
        if (abbreviation.Traits.HasFlag(AbbreviationTraits.Clock))
        {
            _clockAt = next;
        }

        if (abbreviation.Traits.HasFlag(AbbreviationTraits.Phone))
        {
            _phoneAt = Peek(next) == ':' ? SkipSpaces(next + 1) : next;
        }

        return true;
    }

    // "jaa" is a word; only behind a year does it date.
    private bool IsBehindNumber(int start) => IsDigit(start - 1) || (Peek(start - 1) == ' ' && IsDigit(start - 2));

    // Steps over the full stop at the scanner's position and keeps it where it also ends a sentence: at the end of the line, or,
    // unless what belongs to the abbreviation follows, before a capital.
    private void SwallowStop(bool leads)
    {
        var stop = _at++;
        var next = _at;
        while (Peek(next) is ' ' or '"' or '\'' or ')' or ']')
        {
            next++;
        }

        var endsLine = next >= _text.Length || _text[next] == '\n';
        if (endsLine || (!leads && char.IsUpper(_text[next])))
        {
            _builder.Mark('.', stop);
        }
    }

    private bool TryWeekday(int start, int end)
    {
        if (end - start != 2 || FinnishAbbreviations.Weekday(_text[start..end]) is not { } weekday)
        {
            return false;
        }

        if (Peek(end) is '–' or '-' && FinnishAbbreviations.Weekday(_text[(end + 1)..EndOfLetters(end + 1)]) is { } last)
        {
            _builder.Say(weekday.In(FinnishCase.Elative), start);
            _builder.Say(FinnishAbbreviations.Until(last), end + 1);
            _at = end + 3;
            ExpectHours(SkipSpaces(_at));
            return true;
        }

        var behind = Peek(end) == '.' ? end + 1 : end;
        if (!DatePattern().IsMatch(_text, SkipSpaces(behind)) && !ExpectHours(SkipSpaces(behind)))
        {
            return false;
        }

        _builder.Say(weekday.Nominative, start);
        _at = behind;
        return true;
    }

    private bool ExpectHours(int at)
    {
        var follow = HoursPattern().IsMatch(_text, at);
        if (follow)
        {
            _clockAt = at;
        }

        return follow;
    }

    private void ReadSymbol()
    {
        var c = _text[_at];
        if (TrySignedNumber(c) || TrySpokenSymbol(c))
        {
            return;
        }

        if (c == '.' && ((IsLetter(_at - 1) && char.IsLower(Peek(_at + 1))) || (Peek(_at - 1) == ' ' && IsLetter(_at + 1))))
        {
            _builder.Say("piste", _at);
        }
        else if (c == '/' || c == ':' && IsLetter(_at - 1) && IsLetter(_at + 1))
        {
            _builder.Space();
        }
        else if (c is '-' or '–' && IsRangeDash())
        {
            _builder.Say("viiva", _at);
        }
        else
        {
            SpokenPunctuation.TryApply(_builder, _text, _at);
        }

        _at++;
    }

    private bool IsRangeDash()
    {
        var spaced = Peek(_at - 1) == ' ' && Peek(_at + 1) == ' ';
        var before = spaced ? _at - 2 : _at - 1;
        return IsDigit(spaced ? _at + 2 : _at + 1) && (IsDigit(before) || (Peek(before) == '.' && IsDigit(before - 1)));
    }

    private bool TrySignedNumber(char c)
    {
        if (FinnishUnits.TryReadSign(c, out var currency) && IsDigit(SkipSpaces(_at + 1)) && !IsDigit(_at - 1))
        {
            _at = SkipSpaces(_at + 1);
            ReadQuantity(currency);
            return true;
        }

        if (c == '+' && TryPhone())
        {
            return true;
        }

        if (c is not ('-' or '−' or '–' or '+' or '±' or '~' or '≈') || !IsDigit(_at + 1) || SpokenPunctuation.IsWordCharacter(_text, _at - 1)
            || (Peek(_at - 1) is '.' or ',' && c is not ('~' or '≈')))
        {
            return false;
        }

        _builder.Say(c switch { '+' => "plus", '±' => "plus miinus", '~' or '≈' => "noin", _ => "miinus" }, _at++);
        return true;
    }

    private bool TrySpokenSymbol(char c)
    {
        var besideNumbers = IsDigit(SkipSpaces(_at + 1)) && IsBehindQuantity();
        var afterWord = SpokenPunctuation.IsWordCharacter(_text, _at - 1);
        var name = c switch
        {
            '&' => "ja",
            '%' => "prosentti",
            '‰' => "promille",
            '€' => "euro",
            '$' => "dollari",
            '£' => "punta",
            '°' => "aste",
            '§' => "pykälä",
            '=' => "on yhtä kuin",
            '≠' => "ei ole yhtä kuin",
            '≈' => "on noin",
            '≤' => "on enintään",
            '≥' => "on vähintään",
            '×' => "kertaa",
            '÷' => "jaettuna",
            '±' => "plus miinus",
            '√' => "neliöjuuri",
            '∞' => "ääretön",
            '@' => "ät",
            '²' when afterWord => "toiseen",
            '³' when afterWord => "kolmanteen",
            '½' => "puoli",
            '¼' => "yksi neljäsosa",
            '¾' => "kolme neljäsosaa",
            '⅓' => "yksi kolmasosa",
            '⅔' => "kaksi kolmasosaa",
            '−' when besideNumbers => "miinus",
            '+' => "plus",
            '*' when besideNumbers => "kertaa",
            '^' when besideNumbers => "potenssiin",
            '<' when besideNumbers => "on pienempi kuin",
            '>' when besideNumbers => "on suurempi kuin",
            '#' when IsDigit(_at + 1) => "numero",
            '#' when IsLetter(_at - 1) => "risuaita",
            '#' when IsLetter(_at + 1) => "aihetunniste",
            _ => CharUnicodeInfo.GetUnicodeCategory(c)
                is UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber ? NumberName(c) : "",
        };
        if (name.Length == 0)
        {
            return false;
        }

        _builder.Say(name, _at++);
        if (c is '½' or '¼' or '¾' or '⅓' or '⅔')
        {
            SayUnitOfFraction();
        }

        return true;
    }

    private bool IsBehindQuantity()
    {
        var before = _at - 1;
        while (Peek(before) == ' ')
        {
            before--;
        }

        return IsDigit(before) || Peek(before) is ')' or '%' or '²' or '³';
    }

    // ①, Ⅳ and their like.
    private static string NumberName(char c)
    {
        var value = CharUnicodeInfo.GetNumericValue(c);
        return value >= 0 && value == Math.Floor(value) ? FinnishNumbers.Cardinal((long)value) : "";
    }
}
