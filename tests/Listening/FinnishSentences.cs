namespace Dictation.Listening;

/// <summary>What the voice is given to say: none of it was in its training.</summary>
internal static class FinnishSentences
{
    public static readonly string[] Plain =
    [
        "Hyvää huomenta!",
        "Mitä kuuluu?",
        "Kiitos, oikein hyvää.",
        "Juna lähtee raiteelta viisi.",
        "Oletko koskaan käynyt Lapissa talvella?",
        "Älä unohda avaimia pöydälle!",
        "Satama jäätyy yleensä vasta tammikuun lopussa.",
        "Lapset rakensivat pihalle suuren lumilinnan ja pitivät siellä kahvilaa.",
        "Kuka jätti oven auki?",
        "Pyöräilin eilen koko matkan kotiin vastatuuleen.",
        "Lääkäri määräsi potilaalle lepoa ja runsaasti nestettä.",
        "Voisitteko toistaa osoitteen hieman hitaammin?",
        "Museo on suljettu maanantaisin, mutta puutarhaan pääsee aina.",
        "Sauna lämpiää tunnissa.",
        "Mikä ihana yllätys!",
        "Kaupunginvaltuusto hyväksyi uuden asemakaavan äänin kolmekymmentä vastaan kaksitoista.",
        "Isoäiti kutoi villasukat jokaiselle lapsenlapselle.",
        "Tuleeko bussi ajoissa?",
        "Metsässä kasvaa mustikoita, puolukoita ja kantarelleja.",
        "Tietokone käynnistyi uudelleen kesken päivityksen.",
        "Pidä huolta itsestäsi!",
        "Opettaja kirjoitti taululle vaikean yhtälön, jota kukaan ei osannut ratkaista.",
        "Järven pinta oli aivan tyyni.",
        "Paljonko tämä maksaa?",
        "Ostin torilta tuoreita herneitä ja mansikoita.",
        "Ravintolassa soi hiljainen pianomusiikki.",
        "Rakennustyöt viivästyivät kovien pakkasten vuoksi.",
        "Näitkö revontulet viime yönä?",
        "Kissa nukkui ikkunalaudalla ja kehräsi.",
        "Tuhat kaksisataa kolmekymmentäneljä euroa.",
        "Wilma ja Zacharias asuvat Åbossa.",
        "Taxi vie meidät šakkiturnaukseen.",
        "Ensi viikolla sää lämpenee, ja etelässä voi olla jopa kaksikymmentä astetta.",
        "Missä vaiheessa projekti on nyt?",
        "Hän puhui hiljaa, koska vauva oli juuri nukahtanut.",
        "Vaihda salasana heti!",
        "Tutkijat löysivät järven pohjasta vanhan puuveneen.",
        "Kahvi loppui.",
        "Linja-auto kaartoi pysäkille, ovet avautuivat ja matkustajat astuivat ulos sateeseen.",
        "Onko teillä varaa muuttaa isompaan asuntoon?",
        "Suomen luonto on täynnä ääniä: tuulta, vettä ja lintuja.",
        "Kuulostaa hyvältä.",
        "Yöllä satoi lunta, aamulla vettä; iltapäivällä paistoi jo aurinko.",
        "Seuraava pysäkki on Hakaniemi.",
        "Kirjoita nimesi lomakkeen yläreunaan ja palauta se vastaanottoon.",
        "Mihin aikaan näytös alkaa?",
    ];

    /// <summary>As people write, and as it is read aloud.</summary>
    public static readonly (string Written, string Spoken)[] Written =
    [
        ("Juna lähtee klo 14.30 raiteelta 7.", "juna lähtee kello neljätoista kolmekymmentä raiteelta seitsemän"),
        ("Kokous on 24.12.2026.", "kokous on kahdeskymmenesneljäs joulukuuta kaksituhatta kaksikymmentäkuusi"),
        ("Lippu maksaa 12,50 €.", "lippu maksaa kaksitoista euroa viisikymmentä senttiä"),
        ("Hinta nousi 25 % vuodessa.", "hinta nousi kaksikymmentäviisi prosenttia vuodessa"),
        ("Matkaa on n. 120 km.", "matkaa on noin satakaksikymmentä kilometriä"),
        ("Asun 3. kerroksessa.", "asun kolmannessa kerroksessa"),
        ("Ota mukaan esim. eväät, juomaa jne.", "ota mukaan esimerkiksi eväät juomaa ja niin edelleen"),
        ("EU:n jäseniä on 27.", "ee uun jäseniä on kaksikymmentäseitsemän"),
        ("Ulkona on -5 °C.", "ulkona on miinus viisi celsiusastetta"),
        ("Nopeus on 80 km/h.", "nopeus on kahdeksankymmentä kilometriä tunnissa"),
    ];
}
