namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Decimal numbers and numbers of several parts.</summary>
internal sealed class DecimalReading() : Reading(
    "Decimal",
    ("3,14", "kolme pilkku neljätoista"),
    ("3.14", "kolme piste neljätoista"),
    ("0,5", "nolla pilkku viisi"),
    ("3,05", "kolme pilkku nolla viisi"),
    ("3,14159", "kolme pilkku yksi neljä yksi viisi yhdeksän"),
    ("38,5 asteen kuume", "kolmekymmentäkahdeksan pilkku viiden asteen kuume"),
    ("versio 1.2.10", "versio yksi piste kaksi piste kymmenen"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var quantity = Quantity.Read(c, c.At);
        if (quantity.FractionStart == 0)
        {
            return false;
        }

        c.At = quantity.End;
        var ending = CaseEndings.Read(c);
        if (ending.Length > 0)
        {
            QuantityWords.SayWithEnding(c, quantity, ending);
        }
        else
        {
            QuantityWords.Say(c, quantity, NextWord.CaseOfCardinal(c, quantity, quantity.End));
        }

        return true;
    }
}
