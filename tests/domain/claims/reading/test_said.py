"""What is said of the numbers of a sentence: invented sentences, as journalists write them."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reading import read
from constancia.domain.language import Language

DAY = date(2026, 2, 12)

ENGLISH = [
    ("Police arrested more than 40 demonstrators outside the courthouse on Sunday.", "40 detained"),
    ("At least 112 opposition supporters have been detained since the vote, the group said.", "112 detained"),
    ("The group says 73 of its members remain behind bars.", "73 held"),
    ("A judge freed 15 students on bail and ordered 4 others to stay in custody.", "15 released, 4 held"),
    ("The president signed a decree pardoning 240 inmates, among them 12 women and two minors.",
     "240 pardoned, 12 pardoned, 2 pardoned"),
    ("Nineteen women and three teenagers were freed overnight.", "19 released, 3 released"),
    ("Six Lithuanians, two Latvians and a Pole were released, the embassy said.",
     "6 released, 2 released, 1 released"),
    ("The organisation confirmed 26 new releases, bringing the total to 431.", "26 released, 431 released"),
    ("Activists are demanding the release of all 1,300 political prisoners.", "1300 held"),
    ("There are now 908 political prisoners, down from 1,197 a year ago.", "908 held, 1197 held"),
    ("The number of political prisoners rose to 760, 18 more than the previous month.",
     "760 held, 18 net_change"),
    ("A court sentenced seven protesters to terms of four to nine years.", "7 sentenced"),
    ("Twelve activists were handed prison sentences of up to ten years on Friday.", "12 sentenced"),
    ("Of the 200 protesters arrested in March, all but nine have been released.", "200 detained, 9 held"),
    ("As of Monday, 6,590 people had been killed and 28,923 arrested since the coup.",
     "6590 killed, 28923 detained"),
    ("Some 900 people jailed for political reasons remain in the country's prisons.", "900 held"),
    ("Fifty-two people have been detained since 2020 and 31 remain detained.", "52 detained, 31 held"),
    ("The ministry said 116 inmates would be released in the coming days.", "116 announced_release"),
    ("Thirteen foreigners will be deported, state television reported.", "13 announced_release"),
    ("The government promised to free 553 prisoners, but only 127 have walked out of jail.",
     "553 announced_release, 127 released"),
    ("Police summoned 14 relatives of the detainees for questioning.", "14 summoned"),
    ("Four detainees died in custody last year, bringing the death toll to 27.", "4 killed, 27 killed"),
    ("Nearly 60 of those held are dual nationals.", "60 held"),
    ("The list includes 644 people, of whom 64 are women and 182 belong to the military.",
     "644 held, 64 held, 182 held"),
    ("Only 33 of the 87 releases announced have been verified.", "33 released, 87 announced_release"),
    ("The court rejected 177 amnesty applications on Friday.", "177 excluded"),
    ("More than 11,000 people remain subject to restrictive measures.", "11000 restricted"),
    ("Eight were under 30, and 40% of the prisoners have served half of a 12-year sentence.", ""),
    ("Some 300 lawyers signed a letter and 2,000 people marched to the prison.", ""),
    ("The prison, built for 750 men, was visited by 12 families on 3 occasions.", ""),
    ("Released: 151\nDetained this week: 4", "151 released, 4 detained"),
    ("Police released three journalists but kept two in custody.", "3 released, 2 held"),
    ("Security forces rounded up 35 villagers, 20 of whom were later let go.", "35 detained, 20 released"),
    ("The authorities are holding 87 foreigners, including five Americans.", "87 held, 5 held"),
    ("In all, 1,557 people have applied for amnesty.", "1557 amnesty_requests"),
    ("With this group, 187 prisoners have left jail since Christmas.", "187 released"),
    ("Forty-two people were picked up in raids on Tuesday and a further 17 on Wednesday.",
     "42 detained, 17 detained"),
    ("The tally of arrests stands at 2,400, according to the committee.", "2400 detained"),
    ("Prosecutors charged 31 people with terrorism.", "31 detained"),
    ("Two dozen inmates began a hunger strike.", "24 held"),
]  # fmt: skip

SPANISH = [
    ("La policía detuvo a más de 40 manifestantes frente al tribunal el domingo.", "40 detained"),
    ("Al menos 112 simpatizantes de la oposición han sido arrestados desde la elección.", "112 detained"),
    ("El partido denunció que 73 de sus militantes continúan tras las rejas.", "73 held"),
    ("Un juez dejó en libertad a 15 estudiantes y ordenó prisión preventiva para otros 4.",
     "15 released, 4 held"),
    ("El presidente indultó a 240 reclusos, entre ellos 12 mujeres y dos adolescentes.",
     "240 pardoned, 12 pardoned, 2 pardoned"),
    ("Diecinueve mujeres y tres adolescentes salieron de la cárcel anoche.", "19 released, 3 released"),
    ("La ONG confirmó 26 nuevas excarcelaciones, para un total de 431.", "26 released, 431 released"),
    ("Las familias exigen la liberación de los 1.300 presos políticos.", "1300 held"),
    ("Con este grupo suman 187 los excarcelados desde diciembre.", "187 released"),
    ("En el país hay 863 presos políticos, 18 más que el mes anterior.", "863 held, 18 net_change"),
    ("Un tribunal condenó a seis manifestantes a penas de hasta nueve años de cárcel.", "6 sentenced"),
    ("De los 200 manifestantes arrestados en marzo, 191 fueron liberados.", "200 detained, 191 released"),
    ("Unas 900 personas encarceladas por motivos políticos permanecen en las prisiones del país.",
     "900 held"),
    ("El ministerio anunció que 116 internos serán liberados en los próximos días.", "116 announced_release"),
    ("El Gobierno prometió excarcelar a 553 personas, pero apenas 127 han salido.",
     "553 announced_release, 127 released"),
    ("La policía citó a 14 familiares de los detenidos.", "14 summoned"),
    ("Con esta muerte suman 26 los fallecidos en prisión desde 2014.", "26 killed"),
    ("Cuatro detenidos murieron bajo custodia el año pasado.", "4 killed"),
    ("Hay 644 presos políticos: 64 son mujeres y 182 militares.", "644 held, 64 held, 182 held"),
    ("Al menos 52 de ellos están en situación de desaparición forzada.", "52 held"),
    ("El tribunal rechazó 177 solicitudes de amnistía.", "177 excluded"),
    ("Más de 11.000 personas siguen sujetas a medidas restrictivas de su libertad.", "11000 restricted"),
    ("El Foro ha asistido a más de 14.000 detenidos, hoy excarcelados.", "14000 released"),
    ("Unos 300 abogados firmaron una carta y 2.000 personas marcharon hasta el penal.", ""),
    ("El penal, construido para 750 hombres, recibió 1.245 visitas en 36 días.", ""),
    ("Balance de presos políticos\n\nTotal: 687\nHombres: 600\nMujeres: 87\n"
     "Condenados: 274 | No condenados: 413",
     "687 held, 600 held, 87 held, 274 held, 413 held"),
    ("Total de presos: 687\nNuevos encarcelados: 4\nExcarcelados: 151", "687 held, 4 detained, 151 released"),
    ("Fueron deportados 135 presos a Guatemala.", "135 released"),
    ("Entraron a la lista 29 nuevos prisioneros y salieron 11.", "29 added, 11 removed"),
    ("Las autoridades mantienen detenidos a 87 extranjeros, incluidos cinco estadounidenses.",
     "87 held, 5 held"),
    ("La fuerza pública se llevó a 35 campesinos, de los cuales 20 fueron soltados luego.",
     "35 detained, 20 released"),
    ("Ya son 12 los periodistas presos, según el sindicato.", "12 held"),
    ("Desde enero se han producido 61 arrestos de dirigentes opositores.", "61 detained"),
    ("La cifra de excarcelados asciende a 444, según la organización.", "444 released"),
    ("Una veintena de opositores fue detenida en la última semana.", "20 detained"),
    ("Otros 17 recuperaron su libertad el martes.", "17 released"),
    ("Los beneficiados por la amnistía son 5.628, dijo el diputado.", "5628 amnesty_granted"),
    ("La cárcel alberga a 90 presos políticos y 40 militares.", "90 held, 40 held"),
    ("El 40% de los presos tiene menos de 30 años y lleva 48 horas sin comer.", ""),
]  # fmt: skip


def said(text: str, language: Language) -> str:
    return ", ".join(f"{c.value} {c.about.value}" for c in read(text, language=language, published=DAY))


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_sentences_say_of_each_number_what_they_say(text: str, expected: str) -> None:
    assert said(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_spanish_sentences_say_of_each_number_what_they_say(text: str, expected: str) -> None:
    assert said(text, "es") == expected
