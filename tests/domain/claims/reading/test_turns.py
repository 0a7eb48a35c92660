"""Who goes on speaking through a text. Everybody in them is invented."""

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
            "The government says it has freed 900 people. Foro Penal has been able to verify only "
            "310 releases.",
            {900: "government", 310: "Foro Penal"},
        ),
        (
            "en",
            "Fifty-two political prisoners were freed on Monday. That figure was confirmed by the "
            "US embassy in Minsk.",
            {52: "US embassy in Minsk"},
        ),
        (
            "en",
            "Viasna's director, Orest Imagined, told reporters that 1,120 political prisoners "
            "remained in jail. He added that 70 of them were women.",
            {1120: "Viasna (Orest Imagined)", 70: "Viasna (Orest Imagined)"},
        ),
        (
            "en",
            "The lawyer Ondina Faraway said 12 detainees were still missing. Faraway also said "
            "that nine prisoners had been transferred.",
            {12: "Ondina Faraway"},
        ),
        (
            "en",
            "Data from OVD-Info show that 20,000 people have been detained since 2022. It says "
            "1,900 of them are still in prison.",
            {20000: "OVD-Info", 1900: "OVD-Info"},
        ),
        (
            "en",
            "The Ministry of Justice announced the release of 99 prisoners. According to the "
            "ministry, 81 of those released are men.",
            {99: "Ministry of Justice", 81: "Ministry of Justice"},
        ),
        (
            "en",
            "State television reported that 4,893 prisoners were freed under the amnesty in "
            "Myanmar. The military government said 13 foreigners would be deported.",
            {4893: "military government", 13: "military government"},
        ),
        (
            "en",
            "Memorial recognises 1,045 people as political prisoners. The group also lists 300 "
            "people convicted over their religion.",
            {1045: "Memorial"},
        ),
        (
            "en",
            "The Human Rights Centre Viasna counts 1,150 political prisoners, including 160 women. "
            "Meanwhile, Dissidentby lists 1,210 political prisoners.",
            {1150: "Viasna", 160: "Viasna", 1210: "Dissidentby"},
        ),
        (
            "en",
            "Cuba's Supreme Court said 553 prisoners had been released. Cubalex, a legal aid "
            "centre, has verified just 200 releases.",
            {553: "Supreme Court", 200: "Cubalex"},
        ),
        (
            "en",
            "In its latest report, the Imaginary Union for Detainees documented 75 arbitrary "
            "arrests in June. Thirty of those arrested were students.",
            {75: "Imaginary Union for Detainees", 30: "Imaginary Union for Detainees"},
        ),
        (
            "en",
            "Attorney General Baldo Fictitious reported 643 releases. The attorney general added "
            "that 20 requests were rejected.",
            {643: "Baldo Fictitious (Attorney General)"},
        ),
        (
            "es",
            "El Gobierno asegura que ha liberado a 900 personas. Foro Penal, en cambio, solo ha "
            "podido verificar 310 excarcelaciones.",
            {900: "government", 310: "Foro Penal"},
        ),
        (
            "es",
            "Su vicepresidente, Orestes Inventado, precisó que 70 de los presos son mujeres. La "
            "ONG Foro Penal publicó su balance.",
            {70: "Foro Penal (Orestes Inventado)"},
        ),
        (
            "es",
            "Foro Penal contabilizó 508 presos políticos. Su vicepresidente, Orestes Inventado, "
            "precisó que 70 son mujeres. El abogado agregó que 12 están enfermos.",
            {508: "Foro Penal", 70: "Foro Penal (Orestes Inventado)", 12: "Foro Penal (Orestes Inventado)"},
        ),
        (
            "es",
            "El diputado Baldo Ficticio informó que 1.557 personas solicitaron la amnistía. El "
            "parlamentario detalló que 80 solicitudes fueron rechazadas.",
            {1557: "Baldo Ficticio", 80: "Baldo Ficticio"},
        ),
        (
            "es",
            "Según datos de Cubalex, en junio hubo 61 detenciones arbitrarias. La organización "
            "también registró 20 excarcelaciones.",
            {61: "Cubalex", 20: "Cubalex"},
        ),
        (
            "es",
            "El Ministerio de Justicia anunció la excarcelación de 99 reclusos. Según el "
            "ministerio, 81 de los liberados son hombres.",
            {99: "Ministry of Justice", 81: "Ministry of Justice"},
        ),
        (
            "es",
            "El Observatorio Almendro (OA) registró 75 detenciones. El OA documentó además 12 "
            "desapariciones forzadas de detenidos.",
            {75: "Observatorio Almendro"},
        ),
        (
            "es",
            "La abogada Ondina Lejana señaló que 12 detenidos siguen desaparecidos. También indicó "
            "que nueve presos fueron trasladados.",
            {12: "Ondina Lejana"},
        ),
        (
            "es",
            "El fiscal general, Baldo Ficticio, reportó 643 excarcelaciones. Añadió que 20 "
            "solicitudes fueron rechazadas.",
            {643: "Baldo Ficticio (Attorney General)", 20: "Baldo Ficticio (Attorney General)"},
        ),
        (
            "es",
            "En 2011 fueron liberadas más de 2.900 personas. La ONG Cubalex dijo que ha verificado "
            "10 excarcelaciones.",
            {2900: "article", 10: "Cubalex"},
        ),
        (
            "es",
            "El Mecanismo para el Reconocimiento de Personas Presas Políticas contabiliza 62 "
            "presos políticos. El Mecanismo detalló que 17 son mujeres.",
            {
                62: "Mecanismo para el Reconocimiento de Personas Presas Políticas",
                17: "Mecanismo para el Reconocimiento de Personas Presas Políticas",
            },
        ),
        (
            "en",
            "Official communique\n\nThe Ministry of the Penitentiary Service informs the people that "
            "99 people were released this morning. Of them, 81 are men.\n\nAnother 87 will be "
            "released before the end of the year.",
            {
                99: "Ministry of the Penitentiary Service",
                81: "Ministry of the Penitentiary Service",
                87: "Ministry of the Penitentiary Service",
            },
        ),
        (
            "es",
            "BALANCE SEMANAL\n\nObservatorio Almendro\n\nPresos políticos: 318\nMujeres: 40\n\nHemos "
            "verificado 12 excarcelaciones en la semana.",
            {318: "Observatorio Almendro", 12: "Observatorio Almendro"},
        ),
        (
            "es",
            "09:15 | Familiares siguen en las puertas del penal.\n\n10:40 | Dintel Abierto confirma "
            "la excarcelación de 14 personas.\n\n11:30 | Salen 7 mujeres de la cárcel.\n\n12:00 | Foro "
            "Penal registra 72 excarcelados.",
            {7: "article", 72: "Foro Penal"},
        ),
        (
            "en",
            "Foro Penal has confirmed 72 releases.\n\nThe lawyer Ondina Faraway, of the Almond Tree "
            "Observatory, said that 9 of the released prisoners are ill.\n\nForo Penal also said "
            "that 600 political prisoners remain in jail.",
            {72: "Foro Penal", 9: "Almond Tree Observatory (Ondina Faraway)", 600: "Foro Penal"},
        ),
        (
            "en",
            "Lanterna Watch said 30 prisoners had been freed. Another 12 were moved to house "
            "arrest. Two of them are minors.\n\nIn 2014, more than 3,000 people were arrested in a "
            "wave of protests.",
            {30: "Lanterna Watch", 12: "Lanterna Watch", 3000: "article"},
        ),
        (
            "es",
            "La ONG Dintel Abierto informó que 30 presos fueron liberados. Otros 12 pasaron a "
            "arresto domiciliario.\n\nEn 2014 fueron detenidas más de 3.000 personas en una ola de "
            "protestas.",
            {30: "Dintel Abierto", 12: "Dintel Abierto", 3000: "article"},
        ),
        (
            "es",
            '"Nos prometieron 40. Salieron 12 presos. Los otros 28 siguen en la cárcel", lamentó '
            "Ilda Ningures, vocera de la ONG Dintel Abierto.",
            {12: "Dintel Abierto (Ilda Ningures)"},
        ),
        (
            "en",
            '"They promised us the world. Only 12 prisoners were released. We are waiting for 28 '
            'detainees," said Ilda Nowhere, spokeswoman for Open Lintel.',
            {12: "Open Lintel (Ilda Nowhere)"},
        ),
        (
            "es",
            "Un total de 35 presos políticos fueron excarcelados. La información fue confirmada "
            "por el coordinador de Provea, Orestes Inventado.",
            {35: "Provea (Orestes Inventado)"},
        ),
        (
            "en",
            "More than 40 prisoners were freed overnight. Open Lintel, an NGO, posted the names of "
            "38 of those released on its website.",
            {38: "Open Lintel"},
        ),
        (
            "en",
            "The rights group said 18 people had been arrested. Viasna published their names.",
            {18: "Viasna"},
        ),
        (
            "en",
            "AAPP documented 6,590 deaths and said 22,000 people were still detained. A junta "
            "spokesman, Baldo Fictitious, said 13 foreigners would be deported.",
            {22000: "Assistance Association for Political Prisoners (AAPP)"},
        ),
        (
            "en",
            "Lanterna Watch, which monitors prisons, says 318 political prisoners are being held. "
            "That is 12 fewer than in May. Of those, 40 are women and nine are minors.\n\nMost of "
            "them were arrested after the vote. Some 75 are ill.\n\nThe Interior Ministry did not "
            "respond to a request for comment.\n\nSeparately, 14 people were arrested on Thursday at "
            "a march.",
            {318: "Lanterna Watch", 40: "Lanterna Watch", 9: "Lanterna Watch", 75: "Lanterna Watch"},
        ),
        (
            "en",
            "Relatives of detainees gathered outside the prison. Six prisoners walked out shortly "
            'after noon. "We have counted eight releases today," said Ilda Nowhere, whose brother '
            "is inside.",
            {6: "article", 8: "Ilda Nowhere"},
        ),
        (
            "en",
            "The releases follow an announcement by National Assembly President Baldo Fictitious. "
            "Foro Penal has verified 56 releases so far. The opposition coalition Plataforma "
            "Unitaria reported 76 releases.",
            {56: "Foro Penal", 76: "Plataforma Unitaria Democrática (PUD)"},
        ),
        (
            "en",
            "The Kremlin said it had pardoned 20 prisoners. Memorial said none of those 20 "
            "prisoners were on its list of 1,045 political prisoners.",
            {1045: "Memorial"},
        ),
        (
            "en",
            "Rights group Lanterna Watch estimates there are 318 political prisoners. Rival NGO "
            "Open Lintel puts the figure at 402 political prisoners.",
            {318: "Lanterna Watch", 402: "Rival NGO Open Lintel"},
        ),
        (
            "en",
            "Prosecutors said 34 people had been detained. The prosecutor's office added that 12 "
            "of them had been charged.",
            {34: "Attorney General's Office", 12: "Attorney General's Office"},
        ),
        (
            "es",
            "La Fiscalía informó que 34 personas fueron detenidas. El organismo agregó que 12 ya "
            "fueron condenadas.",
            {34: "Attorney General's Office", 12: "Attorney General's Office"},
        ),
        (
            "es",
            "El presidente de Foro Penal, Orestes Inventado, escribió en X que 17 personas fueron "
            "excarceladas. Inventado añadió que siguen presas 600 personas.",
            {17: "Foro Penal (Orestes Inventado)", 600: "Foro Penal (Orestes Inventado)"},
        ),
        (
            "es",
            "Familiares de los detenidos se concentraron frente a la cárcel. Seis presos salieron "
            'poco después del mediodía. "Hemos contado ocho excarcelaciones hoy", dijo Ilda '
            "Ningures, hermana de uno de ellos.",
            {6: "article", 8: "Ilda Ningures"},
        ),
        (
            "es",
            "Amnistía Internacional advirtió que 60 personas siguen desaparecidas tras su "
            "detención. La organización pidió su libertad. En total, 900 personas están presas por "
            "motivos políticos.",
            {60: "Amnesty International", 900: "Amnesty International"},
        ),
        (
            "es",
            "La Conferencia Episcopal confirmó que 14 presos fueron liberados. Los obispos "
            "recordaron que quedan 300 presos políticos.",
            {14: "bishops' conference"},
        ),
        (
            "es",
            "Cristosal publicó un informe. El documento señala que 427 personas murieron bajo "
            "custodia del Estado.",
            {427: "Cristosal"},
        ),
        (
            "es",
            "Cubalex lamentó la muerte de un preso. También registró 61 detenciones arbitrarias en "
            "enero, de las cuales 20 ocurrieron en La Habana.",
            {61: "Cubalex", 20: "Cubalex"},
        ),
        (
            "en",
            "Provea registered 80 prisoners. The figures were sent to the Secretary General of the "
            "OAS.\n\nThe NGO said 12 prisoners are women.",
            {80: "Provea", 12: "Provea"},
        ),
        (
            "es",
            "Desde la organización Provea informamos que hay 90 presos políticos.\n\nDe ellos, 12 "
            "son mujeres.",
            {90: "Provea", 12: "Provea"},
        ),
        (
            "es",
            'ENTREVISTA | Ilda Ningures: "Nadie nos oye"\n\nLa directora de Provea nos recibe en su '
            "casa.\n\n-¿Cuántos quedan?\n-Quedan 30 presos políticos en el penal.\n\n-¿Y las "
            "familias?\n-Hay 12 detenidos sin visitas.",
            {30: "Provea (Ilda Ningures)", 12: "Provea (Ilda Ningures)"},
        ),
        (
            "en",
            "On Friday, the press service of Ilda Nowhere announced that 31 people had been pardoned. "
            "Seventeen of them are women.",
            {31: "press service of Ilda Nowhere", 17: "press service of Ilda Nowhere"},
        ),
        (
            "en",
            "Foro Penal counts 900 prisoners. For Provea, they are 880.",
            {900: "Foro Penal", 880: "Provea"},
        ),
        (
            "en",
            "The Open Lintel Committee keeps a list apart, of 12 women in jail.\n\nFive of them are ill.",
            {12: "Open Lintel Committee", 5: "Open Lintel Committee"},
        ),
        (
            "es",
            "Foro Penal cuenta 900 presos políticos.\n\nPara Provea, son 880.",
            {900: "Foro Penal", 880: "Provea"},
        ),
        (
            "es",
            "Cubalex dijo que hay 60 presos. Desde el cambio de Gobierno han salido 32, afirmó.",
            {60: "Cubalex", 32: "Cubalex"},
        ),
        (
            "es",
            "Diez personas fueron detenidas en la plaza.\n\nEl Gobierno liberó a 12 presos por "
            "mediación de la Iglesia, comunicó la Cancillería.",
            {12: "Ministry of Foreign Affairs"},
        ),
        (
            "en",
            "Viasna counts 1,200 prisoners.\n\nThe parliament approved the bill on Tuesday. It would "
            "free 300 people.",
            {300: "National Assembly"},
        ),
        (
            "en",
            "3 May 2024 / Provea\n\nOver the month 15 people were arrested.\n\nCubalex counts 40 "
            "prisoners.\n\nThe courts convicted 6 people.",
            {15: "Provea", 40: "Cubalex", 6: "Provea"},
        ),
        (
            "es",
            "Foro Penal registra 800 presos.\n\nLa fiscalía evitó esa palabra. Precisó que hay 12.",
            {800: "Foro Penal", 12: "Attorney General's Office"},
        ),
    ],
)
def test_a_number_is_given_to_who_goes_on_speaking(
    language: Language, text: str, said: dict[int, str]
) -> None:
    found: dict[int, str] = {}
    for claim in read(text, language=language, published=TUESDAY):
        found.setdefault(claim.value, claim.claimant)
    assert {value: found.get(value) for value in said} == said
