"""On whose word a sentence of English says what it says. Everybody in them is invented."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reading import read
from constancia.domain.language import Language

TUESDAY = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (
            "en",
            "No fewer than 35 political prisoners walked free on Sunday, a watchdog reported.",
            {35: "article"},
        ),
        (
            "en",
            "Some 40 political prisoners were freed on Friday, the Imaginary Rights Committee said.",
            {40: "Imaginary Rights Committee"},
        ),
        (
            "en",
            "At least 40 people remain behind bars for political reasons, per the Almond Tree Observatory.",
            {40: "Almond Tree Observatory"},
        ),
        (
            "en",
            "A tally kept by the monitoring group Lanterna shows 61 political prisoners were "
            "released last week.",
            {61: "Lanterna"},
        ),
        (
            "en",
            "Lanterna, a rights group that tracks arrests, put the number of political prisoners at 318.",
            {318: "Lanterna"},
        ),
        (
            "en",
            '"We have confirmed 22 releases," said Ondina Faraway, who heads the legal aid group '
            "Open Lintel.",
            {22: "Open Lintel (Ondina Faraway)"},
        ),
        (
            "en",
            "Interior Minister Baldo Fictitious said 800 people had been released, while Foro "
            "Penal counts 35 political prisoners freed.",
            {800: "Baldo Fictitious (Interior Minister)", 35: "Foro Penal"},
        ),
        (
            "en",
            "The government freed 52 political prisoners on Monday, Viasna reported.",
            {52: "Viasna"},
        ),
        (
            "en",
            "Three journalists were freed on Tuesday, according to their lawyers.",
            {3: "lawyers"},
        ),
        (
            "en",
            "The 808 releases announced by the Interior Ministry contrast with the 310 releases "
            "verified by Foro Penal.",
            {808: "Ministry of the Interior", 310: "Foro Penal"},
        ),
        (
            "en",
            "Foro Penal has verified 310 of the 808 releases claimed by the government.",
            {310: "Foro Penal", 808: "government"},
        ),
        (
            "en",
            "Ilda Nowhere, the mother of a detainee, said that 14 prisoners were on hunger strike.",
            {14: "Ilda Nowhere"},
        ),
        (
            "en",
            "The opposition Plum Party said 120 of its members are in jail.",
            {120: "Plum Party"},
        ),
        (
            "en",
            "Police said they had arrested 34 people at the march.",
            {34: "police"},
        ),
        (
            "en",
            "The UN Human Rights Office estimates that 2,400 people were detained after the vote.",
            {2400: "UN Human Rights Office (OHCHR)"},
        ),
        (
            "en",
            '"There are 28 women in that prison," Ondina Faraway, a lawyer with Open Lintel, wrote on X.',
            {28: "Open Lintel (Ondina Faraway)"},
        ),
        (
            "en",
            "A spokesperson for the Almond Tree Observatory said that 41 detainees had been "
            "released by midnight.",
            {41: "Almond Tree Observatory"},
        ),
        (
            "en",
            "The prison service confirmed the release of 15 inmates, saying 3 others would be "
            "released on Monday.",
            {15: "prison service", 3: "prison service"},
        ),
        (
            "en",
            "The Venezuelan authorities have released 14 foreigners, Spain's foreign minister told "
            "parliament.",
            {14: "Foreign Minister"},
        ),
        (
            "en",
            "Belarus has released 14 political prisoners, President Baldo Fictitious announced on Sunday.",
            {14: "President Baldo Fictitious"},
        ),
        (
            "en",
            "Foro Penal's latest count stands at 644 political prisoners.",
            {644: "Foro Penal"},
        ),
        (
            "en",
            "Foro Penal's tally of 644 political prisoners does not include this week's arrests.",
            {644: "Foro Penal"},
        ),
        (
            "en",
            "The number of political prisoners stands at 644, Foro Penal's figures show.",
            {644: "Foro Penal"},
        ),
        (
            "en",
            "There are 644 political prisoners in Venezuela (source: Foro Penal).",
            {644: "Foro Penal"},
        ),
        (
            "en",
            "Cuba says it has freed 553 prisoners.",
            {553: "Cuban government"},
        ),
        (
            "en",
            "Human rights groups say more than 1,000 people are held for political reasons in Cuba.",
            {1000: "human rights organisations"},
        ),
        (
            "en",
            "Amid the wave of arrests, which the Imaginary Bar Association has described as "
            "arbitrary, 75 people remain in custody, its president, Orest Imagined, said.",
            {75: "Imaginary Bar Association (Orest Imagined)"},
        ),
        (
            "en",
            "In Hong Kong, 1,900 political prisoners have been jailed since 2019, the Hong Kong "
            "Democracy Council says.",
            {1900: "Hong Kong Democracy Council (HKDC)"},
        ),
        (
            "en",
            "Azerbaijan holds 375 political prisoners, according to a list compiled by the Union "
            "for the Freedom of Political Prisoners of Azerbaijan.",
            {375: "Union for the Freedom of Political Prisoners of Azerbaijan"},
        ),
        (
            "en",
            "Foro Penal president Orest Imagined wrote on social media that 17 people had been "
            "released overnight.",
            {17: "Foro Penal (Orest Imagined)"},
        ),
        (
            "en",
            "Orest Imagined of Foro Penal told Reuters 17 political prisoners had been freed.",
            {17: "Foro Penal"},
        ),
        (
            "en",
            "“Seventeen people have been freed,” Foro Penal's Orest Imagined said.",
            {17: "Foro Penal (Orest Imagined)"},
        ),
        (
            "en",
            "Foro Penal, led by lawyer Orest Imagined, has confirmed 17 releases.",
            {17: "Foro Penal"},
        ),
        (
            "en",
            "Of the 402 political prisoners listed by Open Lintel, 60 are women.",
            {402: "Open Lintel", 60: "Open Lintel"},
        ),
        (
            "en",
            "The Mexican government said it would receive 20 freed prisoners from Nicaragua.",
            {20: "Mexican government"},
        ),
        (
            "en",
            "A lawyer for the detainees said 12 people had been beaten and 30 people were still in custody.",
            {30: "lawyer"},
        ),
        (
            "en",
            "Independent media reported that 25 prisoners were freed.",
            {25: "independent media"},
        ),
        (
            "en",
            "Two sources close to the talks said 14 prisoners would be freed.",
            {14: "sources"},
        ),
        (
            "en",
            "At a press conference, Human Rights Ombudsman Ilda Nowhere announced that 60 "
            "detainees would be freed.",
            {60: "Ilda Nowhere (Ombudsman)"},
        ),
        (
            "en",
            "Azerbaijan's parliament approved an amnesty expected to free 5,000 prisoners.",
            {5000: "National Assembly"},
        ),
        (
            "en",
            "Cubalex and Justicia 11J documented 50 arrests in June. Both groups said 14 of those "
            "detained were women.",
            {50: "Cubalex and Justicia 11J", 14: "Cubalex and Justicia 11J"},
        ),
        (
            "en",
            "Open Lintel still had 71 political prisoners on its list, the group Open Lintel said.",
            {71: "Open Lintel"},
        ),
        (
            "en",
            "Provea director Ilda Nowhere said the group had verified 19 arrests.",
            {19: "Provea (Ilda Nowhere)"},
        ),
        (
            "en",
            "Judges have sent 16 protesters to prison, Provea reported, and another nine were freed.",
            {16: "Provea"},
        ),
        (
            "en",
            "During the protests, police figures show, 230 people were arrested.",
            {230: "police"},
        ),
        ("en", "Eleven students were freed at dawn, the teachers' union said.", {11: "teachers' union"}),
        (
            "en",
            "A regional court jailed 9 people for disobeying police, the court service said.",
            {9: "court service"},
        ),
        (
            "en",
            "Police took away 7 men in Northfield, according to a neighbour who asked not to be named.",
            {7: "neighbour"},
        ),
        ("en", "A spokesman for the bar association said 14 lawyers were in jail.", {14: "bar association"}),
        (
            "en",
            "The government freed 50 people. By Sunday Provea could identify just 12 prisoners.",
            {12: "Provea"},
        ),
        (
            "en",
            "Provea, a rights group whose 20 lawyers work for free, said 35 people had been arrested.",
            {35: "Provea"},
        ),
        (
            "en",
            "Ilda Nowhere lives with Tomas Faraway. On Monday, Faraway announced that 30 inmates would "
            "be freed.",
            {30: "Tomas Faraway"},
        ),
        ("en", "Twelve people remain in jail, their families said.", {12: "families"}),
        ("en", "The head of the army and Provea met on Monday. 14 people were detained.", {14: "article"}),
        (
            "es",
            "Tres presas salieron anoche, informó el servicio de prensa del penal.",
            {3: "servicio de prensa del penal"},
        ),
        (
            "es",
            "El Comité Dintel lleva aparte la relación de 86 presos políticos: 28 mujeres y 58 hombres.",
            {86: "Comité Dintel", 28: "Comité Dintel", 58: "Comité Dintel"},
        ),
        (
            "es",
            'La directora de Provea, Ilda Ningures, rechazó la propuesta: "Quedan 30 presos políticos '
            'y nadie los nombra". El exministro ofreció en 2021 una reparación.',
            {30: "Provea (Ilda Ningures)"},
        ),
        ("es", "Hay 40 detenidos, según una prima que pidió no ser identificada.", {40: "prima"}),
        (
            "es",
            "En el otro lado, la agencia Dintel, cercana al partido, habló el viernes de 30 detenidos, "
            "mientras que el jefe del tribunal calló.",
            {30: "Dintel"},
        ),
        (
            "es",
            "Un portavoz del colegio de abogados dijo que 14 letrados están presos.",
            {14: "colegio de abogados"},
        ),
        ("es", "Provea ha recordado que 24 personas salieron de la cárcel.", {24: "Provea"}),
        (
            "es",
            "El régimen es responsable de 160 detenciones, mientras que 80 se atribuyen a las "
            "milicias, de acuerdo con Provea.",
            {160: "Provea", 80: "Provea"},
        ),
    ],
)
def test_a_number_is_given_to_whom_its_sentence_hears(
    language: Language, text: str, said: dict[int, str]
) -> None:
    found: dict[int, str] = {}
    for claim in read(text, language=language, published=TUESDAY):
        found.setdefault(claim.value, claim.claimant)
    assert {value: found.get(value) for value in said} == said
