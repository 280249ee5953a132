using System.Globalization;
using System.Text.RegularExpressions;

namespace Dictation.Infrastructure.Tts.Text;

/// <summary>What starts with a digit.</summary>
internal sealed partial class FinnishScanner
{
    // More digits without separators are an identifier or a telephone number rather than an amount.
    private const int LongestPlainNumber = 9;

    private const int LongestGroupedNumber = 15;

    // All patterns are anchored at the start position and bounded, so that trying them at every position stays linear.
    [GeneratedRegex(@"\G(\d{4})-(\d{2})-(\d{2})(?![\d-])(?:T(?=\d\d:\d\d))?", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDatePattern();

    [GeneratedRegex(@"\G(\d{1,2})\.(\d{1,2})\.(?:(\d{4}|\d{2})(?!\d|\.\d)|(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\G(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:]\d|\d)", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"\G(\d{1,2})(?:[.:](\d{2}))?(?:[.:](\d{2}))?(?![.,:]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"\G(\d{1,2})[–-](\d{1,2})(?![.:,]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex HoursPattern();

    [GeneratedRegex(@"\G\d{1,2}\.\d{2} ?[–-] ?\d{1,2}\.\d{2}(?![.,]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex TimeRangePattern();

    [GeneratedRegex(@"\G(?: ja | tai | sekä |, | ?[–-] ?)(?=\d{1,2}(?:[.:]\d{2})?(?![.,:]?\d))", RegexOptions.CultureInvariant)]
    private static partial Regex NextClockPattern();

    [GeneratedRegex(@"\G(?:\+\d{1,3}(?>[ -]\d{1,9}){1,6}|\+\d{9,15}|0\d{1,3}(?>[ -]\d{2,9}){1,5})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"\G\+?\d{1,15}(?>[ -]\d{1,9}){0,6}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedPhonePattern();

    [GeneratedRegex(@"\G(\d{1,9}):(?=(\d{1,9})(?![\d:]))", RegexOptions.CultureInvariant)]
    private static partial Regex RatioPattern();

    [GeneratedRegex(@"\G(?:([1-9]\d{0,2}) )?([1-9])/(10|[2-9])(?![\d/.,]\d|\d)", RegexOptions.CultureInvariant)]
    private static partial Regex FractionPattern();

    [GeneratedRegex(@"\G(?:\d{1,3}(?:(?: \d{3}){1,4}(?!\d)|(?:\.\d{3}){2,4}(?![\d.])|(?:\.\d{3}){1,4}(?=,\d{1,2}(?!\d))))", RegexOptions.CultureInvariant)]
    private static partial Regex GroupedPattern();

    [GeneratedRegex(@"\G(?:(?:(?: ja | tai | sekä | ?[–-] ?)\d{1,4}\.){0,2}) (\p{Ll}{2,40})(?![\p{L}.])", RegexOptions.CultureInvariant)]
    private static partial Regex OrdinalTailPattern();

    [GeneratedRegex(@"\G\.(?:[–-]| [–-] )\d", RegexOptions.CultureInvariant)]
    private static partial Regex OrdinalRangePattern();

    [GeneratedRegex(@"\G (\p{Ll}{2,40})(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex NextWordPattern();

    private void ReadNumber()
    {
        if (!SpokenPunctuation.IsWordCharacter(_text, _at - 1) && TryAddress())
        {
            return;
        }
        // "klo 8.05." is a time although it looks like a date.
        if ((_clockAt == _at && TryClock()) || TryIsoDate() || TryDate() || TryClock() || TryPhone() || TryRatio() || TryFraction())
        {
            return;
        }

        ReadQuantity(null);
    }

    private bool TryIsoDate()
    {
        var match = IsoDatePattern().Match(_text, _at);
        if (!match.Success || !SayDate(match.Groups[3], match.Groups[2], match.Groups[1]))
        {
            return false;
        }

        _at += match.Length;
        if (_text[_at - 1] == 'T')
        {
            _builder.Say("kello", _at - 1);
            _clockAt = _at;
        }

        return true;
    }

    private bool TryDate()
    {
        var match = DatePattern().Match(_text, _at);
        if (!match.Success || IsDigit(_at - 1) || (Peek(_at - 1) == '.' && IsDigit(_at - 2)))
        {
            return false;
        }

        var year = match.Groups[3];
        // "taulukko 4.1." numbers a table.
        if (!year.Success && IsBehindLabel(_at))
        {
            return false;
        }

        if (!SayDate(match.Groups[1], match.Groups[2], year))
        {
            return false;
        }

        _at += match.Length;
        if (!year.Success)
        {
            _at--;
            SwallowStop(leads: false);
        }

        return true;
    }

    private bool SayDate(Group day, Group month, Group year)
    {
        var (d, m) = (Parse(day.ValueSpan), Parse(month.ValueSpan));
        // Without a year the 29th of February may be meant; two digits do not tell the century, and 2000 was a leap year.
        var y = year.Success && year.Length == 4 ? Parse(year.ValueSpan) : 2000;
        if (m is < 1 or > 12 || y is < 1 or > 9999 || d < 1 || d > DateTime.DaysInMonth((int)y, (int)m))
        {
            return false;
        }
        // "24.12.2026" names its parts in order; the ISO order has the year first, and all of it then stems from its start.
        var inOrder = day.Index < month.Index;
        _builder.Say(FinnishNumbers.Ordinal(d), inOrder ? day.Index : year.Index);
        _builder.Say(FinnishEndings.Month(m), inOrder ? month.Index : year.Index);
        if (year.Success)
        {
            _builder.Say(FinnishNumbers.Cardinal(Parse(year.ValueSpan)), year.Index);
        }

        return true;
    }

    private bool TryClock()
    {
        var announced = _clockAt == _at;
        if (announced && TryHours())
        {
            return true;
        }

        var match = announced || TimeRangePattern().IsMatch(_text, _at) ? ClockPattern().Match(_text, _at) : TimePattern().Match(_text, _at);
        if (!match.Success)
        {
            return false;
        }

        var (hour, minute, second) = (match.Groups[1], match.Groups[2], match.Groups[3]);
        if (Parse(hour.ValueSpan) > 24 || (minute.Success && Parse(minute.ValueSpan) > 59) || (second.Success && Parse(second.ValueSpan) > 59))
        {
            return false;
        }

        _builder.Say(FinnishNumbers.Cardinal(Parse(hour.ValueSpan)), hour.Index);
        // "klo 14.00" is said "kello neljätoista"; without the word the zeros are what tells that it is a time.
        if (minute.Success && !(announced && minute.Value == "00" && !second.Success))
        {
            SayMinutes(minute);
        }

        if (second.Success)
        {
            SayMinutes(second);
        }

        _at += match.Length;
        ReadEnding();
        var next = announced || minute.Success && Peek(minute.Index - 1) == '.' ? NextClockPattern().Match(_text, _at) : Match.Empty;
        if (next.Success)
        {
            _clockAt = _at + next.Length;
        }

        return true;
    }

    private bool TryHours()
    {
        var match = HoursPattern().Match(_text, _at);
        if (!match.Success || Parse(match.Groups[1].ValueSpan) > 24 || Parse(match.Groups[2].ValueSpan) > 24)
        {
            return false;
        }

        _builder.Say(FinnishNumbers.Cardinal(Parse(match.Groups[1].ValueSpan), FinnishCase.Elative), _at);
        _builder.Say(FinnishNumbers.Cardinal(Parse(match.Groups[2].ValueSpan), FinnishCase.Illative), match.Groups[2].Index);
        _at += match.Length;
        return true;
    }

    private void SayMinutes(Group digits) =>
        _builder.Say(digits.ValueSpan[0] == '0' ? FinnishNumbers.Digits(digits.ValueSpan) : FinnishNumbers.Cardinal(Parse(digits.ValueSpan)), digits.Index);

    private bool TryPhone()
    {
        var match = _phoneAt == _at ? AnnouncedPhonePattern().Match(_text, _at) : PhonePattern().Match(_text, _at);
        if (!match.Success || (_phoneAt != _at && match.Value.Count(char.IsAsciiDigit) < 8))
        {
            return false;
        }

        var end = _at + match.Length;
        while (_at < end)
        {
            var start = _at;
            if (_text[start] == '+')
            {
                _builder.Say("plus", start);
                _at++;
            }
            else if (IsDigit(start))
            {
                while (_at < end && IsDigit(_at))
                {
                    _at++;
                }

                _builder.Say(FinnishNumbers.Digits(_text.AsSpan(start, _at - start)), start);
            }
            else
            {
                // Each group of digits is said in one breath.
                _builder.Mark(',', start);
                _at++;
            }
        }

        return true;
    }

    private bool TryRatio()
    {
        var match = RatioPattern().Match(_text, _at);
        if (!match.Success)
        {
            return false;
        }

        _builder.Say(FinnishNumbers.Cardinal(Parse(match.Groups[1].ValueSpan)), _at);
        _builder.Say("suhde", _at + match.Length - 1);
        _at += match.Length;
        var second = ReadQuantityParts();
        SayNumber(second, FinnishCase.Illative);
        return true;
    }

    private bool TryFraction()
    {
        var match = FractionPattern().Match(_text, _at);
        if (!match.Success || Peek(_at - 1) == '/')
        {
            return false;
        }

        var (whole, top, bottom) = (match.Groups[1], Parse(match.Groups[2].ValueSpan), Parse(match.Groups[3].ValueSpan));
        if (top >= bottom)
        {
            return false;
        }

        if (whole.Success && (top, bottom) == (1, 2))
        {
            _builder.Say(whole.Value == "1" ? "puolitoista" : FinnishNumbers.Cardinal(Parse(whole.ValueSpan)) + " ja puoli", _at);
        }
        else
        {
            if (whole.Success)
            {
                _builder.Say(FinnishNumbers.Cardinal(Parse(whole.ValueSpan)) + " ja", _at);
            }

            var part = bottom == 2 ? "puoli" : FinnishNumbers.Cardinal(top) + " " + FinnishNumbers.Ordinal(bottom) + (top == 1 ? "osa" : "osaa");
            _builder.Say(part, match.Groups[2].Index);
        }

        _at += match.Length;
        SayUnitOfFraction();
        return true;
    }

    // "½ l": puoli litraa.
    private void SayUnitOfFraction()
    {
        var at = SkipSpace(_at);
        if (!FinnishUnits.TryRead(_text, at, out var unit, out var end) || unit.Ordinal)
        {
            return;
        }

        _builder.Say(unit.Noun.In(FinnishCase.Partitive), at);
        _at = end;
        FinishUnit();
    }

    /// <summary>An amount as written.</summary>
    /// <param name="Start">Where it starts.</param>
    /// <param name="Digits">Its whole part without separators.</param>
    /// <param name="FractionStart">Where the digits behind the decimal separator start; 0 for none.</param>
    /// <param name="End">Behind its last digit.</param>
    /// <param name="Grouped">Whether separators part its thousands.</param>
    private readonly record struct Quantity(int Start, string Digits, int FractionStart, int End, bool Grouped)
    {
        public bool IsSpelled => (Digits.Length > 1 && Digits[0] == '0') || Digits.Length > (Grouped ? LongestGroupedNumber : LongestPlainNumber);

        public bool IsWhole => FractionStart == 0 && !IsSpelled;

        public bool IsOne => FractionStart == 0 && Digits == "1";
    }

    private Quantity ReadQuantityParts()
    {
        var start = _at;
        var grouped = GroupedPattern().Match(_text, start);
        var end = start;
        if (grouped.Success)
        {
            end += grouped.Length;
        }
        else
        {
            while (IsDigit(end))
            {
                end++;
            }
        }

        var digits = _text[start..end];
        if (grouped.Success)
        {
            digits = digits.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        }

        var fraction = 0;
        // A second separator makes it a list, a version or an address rather than a decimal number.
        if (Peek(end) is ',' or '.' && IsDigit(end + 1) && !(Peek(start - 1) is '.' or ',' && IsDigit(start - 2)))
        {
            var tail = end + 1;
            while (IsDigit(tail))
            {
                tail++;
            }

            if (!(Peek(tail) == Peek(end) && IsDigit(tail + 1)))
            {
                (fraction, end) = (end + 1, tail);
            }
        }

        _at = end;
        return new Quantity(start, digits, fraction, end, grouped.Success);
    }

    private void ReadQuantity(FinnishUnit? currency)
    {
        var quantity = ReadQuantityParts();
        if (currency is not null)
        {
            SayWithUnit(quantity, currency, quantity.Start);
            return;
        }

        if (TryMixedNumber(quantity) || TryOrdinal(quantity) || TryUnitRange(quantity) || TryUnit(quantity))
        {
            return;
        }

        var ending = ReadEnding();
        if (ending.Length > 0)
        {
            SayWithEnding(quantity, ending);
            return;
        }

        var word = !quantity.IsSpelled ? NextWordPattern().Match(_text, _at) : Match.Empty;
        SayNumber(quantity, word.Success ? FinnishEndings.OfCardinalBefore(word.Groups[1].Value) : FinnishCase.Nominative);
        SayNumberSeparator();
    }

    // Between the parts of 1.2.3, 1,2,3, 7/2026 and 3 x 4.
    private void SayNumberSeparator()
    {
        if (Peek(_at) == '.' && IsDigit(_at + 1))
        {
            _builder.Say("piste", _at++);
        }
        else if (Peek(_at) == '/' && IsDigit(_at + 1))
        {
            _builder.Say("kautta", _at++);
        }
        else if (SkipSpaces(_at) is var times && Peek(times) == 'x' && IsDigit(SkipSpaces(times + 1)))
        {
            _builder.Say("kertaa", times);
            _at = times + 1;
        }
    }

    private bool TryMixedNumber(Quantity quantity)
    {
        var at = SkipSpaces(_at);
        var part = Peek(at) switch
        {
            '½' => "puoli",
            '¼' => "yksi neljäsosa",
            '¾' => "kolme neljäsosaa",
            '⅓' => "yksi kolmasosa",
            '⅔' => "kaksi kolmasosaa",
            _ => "",
        };
        if (part.Length == 0 || !quantity.IsWhole)
        {
            return false;
        }

        _builder.Say(quantity.IsOne && part == "puoli" ? "puolitoista" : $"{FinnishNumbers.Cardinal(Parse(quantity.Digits))} ja {part}", quantity.Start);
        _at = at + 1;
        SayUnitOfFraction();
        return true;
    }

    private bool TryOrdinal(Quantity quantity)
    {
        if (!quantity.IsWhole || quantity.Digits.Length > 4 || Peek(_at) != '.')
        {
            return false;
        }

        if (!OrdinalRangePattern().IsMatch(_text, _at) && !(Peek(_at + 1) == ' ' && char.IsLower(Peek(SkipSpaces(_at + 1)))))
        {
            return false;
        }

        _builder.Say(FinnishNumbers.Ordinal(Parse(quantity.Digits), CaseOfOrdinal(_at + 1)), quantity.Start);
        _at++;
        return true;
    }

    private FinnishCase CaseOfOrdinal(int at)
    {
        var tail = OrdinalTailPattern().Match(_text, at);
        return tail.Success ? FinnishEndings.OfOrdinalBefore(tail.Groups[1].Value) : FinnishCase.Nominative;
    }

    // "5–10 km": viidestä kymmeneen kilometriä.
    private bool TryUnitRange(Quantity first)
    {
        var dash = Peek(_at) == ' ' && Peek(_at + 1) == '–' ? _at + 1 : _at;
        if (Peek(dash) is not ('–' or '-') || !first.IsWhole || IsBehindRange(first.Start))
        {
            return false;
        }

        var second = Peek(dash + 1) == ' ' && dash > _at ? dash + 2 : dash + 1;
        if (!IsDigit(second))
        {
            return false;
        }

        var back = _at;
        _at = second;
        var last = ReadQuantityParts();
        if (!last.IsWhole || !FinnishUnits.TryRead(_text, SkipSpace(_at), out var unit, out _) || unit.Ordinal)
        {
            _at = back;
            return false;
        }

        SayNumber(first, FinnishCase.Elative);
        SayNumber(last, FinnishCase.Illative);
        var at = SkipSpace(_at);
        FinnishUnits.TryRead(_text, at, out _, out var end);
        _at = end;
        _builder.Say(unit.Noun.In(FinnishCase.Partitive), at);
        FinishUnit();
        return true;
    }

    // In "1-2-3 km" no two parts are a range.
    private bool IsBehindRange(int start) => Peek(start - 1) is '–' or '-' && IsDigit(start - 2);

    private int SkipSpace(int index) => Peek(index) == ' ' ? index + 1 : index;

    private bool TryUnit(Quantity quantity)
    {
        var at = SkipSpace(_at);
        if (FinnishUnits.TryReadMagnitude(_text, at, out var magnitude, out var end))
        {
            SayNumber(quantity, FinnishCase.Nominative);
            _builder.Say(magnitude.In(quantity.IsOne ? FinnishCase.Nominative : FinnishCase.Partitive), at);
            _at = end;
            if (Peek(_at) == '.')
            {
                SwallowStop(leads: FinnishUnits.TryRead(_text, SkipSpace(_at + 1), out _, out _));
            }

            var next = SkipSpace(_at);
            if (FinnishUnits.TryRead(_text, next, out var counted, out end))
            {
                _at = end;
                _builder.Say(counted.Noun.In(FinnishCase.Partitive), next);
                FinishUnit();
            }

            return true;
        }

        if (!FinnishUnits.TryRead(_text, at, out var unit, out end))
        {
            return false;
        }
        // In "Mannerheimintie 5 A 12" the letter is a staircase.
        if (end == at + 1 && char.IsUpper(_text[at]) && Peek(end) == ' ' && IsDigit(end + 1))
        {
            return false;
        }

        var compound = Peek(end) == '-' && IsLetter(end + 1);
        if (compound && _text[at] != '%')
        {
            return false;
        }

        if (compound)
        {
            SayNumber(quantity, FinnishCase.Nominative);
            _builder.Say(unit.Noun.Nominative, at);
            _builder.Hyphen();
            _at = end + 1;
            return true;
        }

        _at = end;
        SayWithUnit(quantity, unit, at);
        return true;
    }

    // The scanner stands behind the unit.
    private void SayWithUnit(Quantity quantity, FinnishUnit unit, int unitAt)
    {
        var ending = ReadEnding();
        var form = ending.Length > 0 && FinnishEndings.TryRead(ending, out var written, out _) ? written : FinnishCase.Nominative;
        if (unit.Ordinal && quantity.IsWhole)
        {
            _builder.Say(FinnishNumbers.Ordinal(Parse(quantity.Digits), form), quantity.Start);
            _builder.Say(unit.Noun.In(form), unitAt);
            FinishUnit();
            return;
        }

        if (unit.Cents is not null && form == FinnishCase.Nominative && TrySayCents(quantity, unit, unitAt))
        {
            return;
        }

        SayNumber(quantity, form);
        if (unit.Multiplier is not null)
        {
            _builder.Say(unit.Multiplier.In(form == FinnishCase.Nominative && !quantity.IsOne ? FinnishCase.Partitive : form), unitAt);
        }

        var counted = form == FinnishCase.Nominative && (!quantity.IsOne || unit.Multiplier is not null) ? FinnishCase.Partitive : form;
        _builder.Say(unit.Noun.In(counted), unitAt);
        FinishUnit();
    }

    private bool TrySayCents(Quantity quantity, FinnishUnit unit, int unitAt)
    {
        if (quantity.FractionStart == 0 || quantity.IsSpelled || quantity.End - quantity.FractionStart != 2)
        {
            return false;
        }

        var whole = Parse(quantity.Digits);
        var cents = Parse(_text.AsSpan(quantity.FractionStart, 2));
        if (whole > 0 || cents == 0)
        {
            _builder.Say(FinnishNumbers.Cardinal(whole), quantity.Start);
            _builder.Say(unit.Noun.In(whole == 1 ? FinnishCase.Nominative : FinnishCase.Partitive), quantity.Start);
        }

        if (cents > 0)
        {
            _builder.Say(FinnishNumbers.Cardinal(cents), quantity.FractionStart);
            _builder.Say(unit.Cents!.In(cents == 1 ? FinnishCase.Nominative : FinnishCase.Partitive), Math.Max(unitAt, quantity.FractionStart));
        }

        FinishUnit();
        return true;
    }

    // What may follow a unit: what it is measured by ("/h", "/100 km"), and a full stop that is not the sentence's ("5 min. kuluttua").
    private void FinishUnit()
    {
        if (Peek(_at) == '/')
        {
            var slash = _at;
            _at++;
            if (IsDigit(_at))
            {
                var per = ReadQuantityParts();
                if (per.IsWhole && FinnishUnits.TryRead(_text, SkipSpace(_at), out var measure, out var behind))
                {
                    SayNumber(per, FinnishCase.Partitive);
                    _at = behind;
                    _builder.Say(measure.Noun.In(FinnishCase.Partitive) + " kohti", slash + 1);
                }
                else
                {
                    _at = slash;
                }
            }
            else if (FinnishUnits.TryRead(_text, _at, out var unit, out var end))
            {
                _builder.Say(FinnishUnits.Per(unit), _at);
                _at = end;
            }
        }

        if (Peek(_at) == '.' && Peek(_at + 1) == ' ' && char.IsLower(Peek(_at + 2)))
        {
            _at++;
        }
    }

    private void SayWithEnding(Quantity quantity, string ending)
    {
        var known = FinnishEndings.TryRead(ending, out var form, out var ordinal);
        if (quantity.IsWhole && Parse(quantity.Digits) is 1 or 2 && ending is "nen" or "sen")
        {
            _builder.Say(FinnishNumbers.Ordinal(Parse(quantity.Digits), ending == "nen" ? FinnishCase.Nominative : FinnishCase.Genitive), quantity.Start);
        }
        else if (ordinal && quantity.IsWhole)
        {
            _builder.Say(FinnishNumbers.Ordinal(Parse(quantity.Digits), form), quantity.Start);
        }
        else
        {
            SayNumber(quantity, known && !ordinal ? form : FinnishCase.Nominative);
        }
    }

    private void SayNumber(Quantity quantity, FinnishCase form)
    {
        var whole = quantity.FractionStart == 0 ? form : FinnishCase.Nominative;
        _builder.Say(quantity.IsSpelled ? FinnishNumbers.Digits(quantity.Digits) : FinnishNumbers.Cardinal(Parse(quantity.Digits), whole), quantity.Start);
        if (quantity.FractionStart == 0)
        {
            return;
        }

        var separator = quantity.FractionStart - 1;
        _builder.Say(_text[separator] == ',' ? "pilkku" : "piste", separator);
        var fraction = _text.AsSpan(quantity.FractionStart, quantity.End - quantity.FractionStart);
        var digitByDigit = fraction.Length > 2 || fraction[0] == '0';
        _builder.Say(digitByDigit ? FinnishNumbers.Digits(fraction) : FinnishNumbers.Cardinal(Parse(fraction), form), quantity.FractionStart);
    }

    private static long Parse(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
