"""On whose word a sentence of Spanish says what it says. Everybody in them is invented."""

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
            "es",
            "Unos 40 presos políticos fueron liberados el viernes, indicó el Comité Imaginario de Derechos.",
            {40: "Comité Imaginario de Derechos"},
        ),
        (
            "es",
            "Al menos 40 personas siguen presas por motivos políticos, según la ONG Almendro.",
            {40: "Almendro"},
        ),
        (
            "es",
            "La organización Linterna Civil, que monitorea los arrestos, cifró en 318 los presos políticos.",
            {318: "Linterna Civil"},
        ),
        (
            "es",
            "«Hemos confirmado 22 excarcelaciones», afirmó Ondina Lejana, directora de la ONG "
            "Dintel Abierto.",
            {22: "Dintel Abierto (Ondina Lejana)"},
        ),
        (
            "es",
            "El ministro de Interior, Baldo Ficticio, dijo que 800 personas fueron liberadas, "
            "mientras que Foro Penal contabiliza 35 presos políticos excarcelados.",
            {800: "Baldo Ficticio (Interior Minister)", 35: "Foro Penal"},
        ),
        (
            "es",
            "El gobierno liberó el lunes a 52 presos políticos, informó Viasna.",
            {52: "Viasna"},
        ),
        (
            "es",
            "De acuerdo con sus cuentas, 613 personas han sido excarceladas, dijo Provea.",
            {613: "Provea"},
        ),
        (
            "es",
            "Para la ONG Justicia, Encuentro y Perdón quedan 681 presos políticos.",
            {681: "Justicia, Encuentro y Perdón (JEP)"},
        ),
        (
            "es",
            "A juicio de Prisoners Defenders, en la isla hay 1.214 presos políticos.",
            {1214: "Prisoners Defenders"},
        ),
        (
            "es",
            "La plataforma opositora Ciruela Unida denunció que 120 de sus militantes están presos.",
            {120: "Ciruela Unida"},
        ),
        (
            "es",
            "Frente a los 808 excarcelados que anunció el Ministerio del Interior, Foro Penal registra 310.",
            {808: "Ministry of the Interior", 310: "Foro Penal"},
        ),
        (
            "es",
            "Foro Penal: 35 presos políticos fueron excarcelados este domingo",
            {35: "Foro Penal"},
        ),
        (
            "es",
            "Excarcelan a 17 presos políticos de la cárcel Almendral, reporta la ONG Dintel Abierto",
            {17: "Dintel Abierto"},
        ),
        (
            "es",
            "La Conferencia Episcopal pidió liberar a los 300 presos políticos del país.",
            {300: "bishops' conference"},
        ),
        (
            "es",
            "Fueron liberadas 14 mujeres, según confirmaron sus familiares.",
            {14: "relatives"},
        ),
        (
            "es",
            "La líder opositora Ilda Ningures aseguró que hay 900 presos políticos en el país.",
            {900: "Ilda Ningures"},
        ),
        (
            "es",
            "Los tribunales han concedido 3.934 amnistías, sostuvo la presidenta del Tribunal "
            "Supremo, Ilda Ningures.",
            {3934: "Supreme Court (Ilda Ningures)"},
        ),
        (
            "es",
            "Nicaragua liberó a 30 presos políticos, dijo el Departamento de Estado.",
            {30: "State Department"},
        ),
        (
            "es",
            "El presidente Baldo Ficticio indultó a 203 personas.",
            {203: "President Baldo Ficticio"},
        ),
        (
            "es",
            "Entre los liberados hay 14 extranjeros, de acuerdo con la Cancillería.",
            {14: "Ministry of Foreign Affairs"},
        ),
        (
            "es",
            "La embajada de Estados Unidos en Caracas confirmó la liberación de 9 ciudadanos.",
            {9: "US embassy in Caracas"},
        ),
        (
            "es",
            "Ilda Ningures, hermana de un detenido, contó que 14 presos están en huelga de hambre.",
            {14: "Ilda Ningures"},
        ),
        (
            "es",
            "Por su parte, Foro Penal mantiene en 644 su cifra de presos políticos.",
            {644: "Foro Penal"},
        ),
        (
            "es",
            "La cifra de Foro Penal, 644 presos políticos, no incluye a los detenidos de esta semana.",
            {644: "Foro Penal"},
        ),
        (
            "es",
            "Los registros de Provea dan cuenta de 25 presos políticos muertos bajo custodia.",
            {25: "Provea"},
        ),
        (
            "es",
            "Hay 644 presos políticos en Venezuela (fuente: Foro Penal).",
            {644: "Foro Penal"},
        ),
        (
            "es",
            "Según informó Foro Penal en su cuenta de X, 35 presos políticos fueron excarcelados.",
            {35: "Foro Penal"},
        ),
        (
            "es",
            "Como denunció el Comité Imaginario de Madres, 35 adolescentes siguen presos.",
            {35: "Imaginario de Madres"},
        ),
        (
            "es",
            "Un total de 35 presos políticos fueron excarcelados, así lo dio a conocer la ONG Foro Penal.",
            {35: "Foro Penal"},
        ),
        (
            "es",
            "El Gobierno de Cuba excarceló a 553 presos, aunque Prisoners Defenders solo reconoce "
            "200 excarcelaciones de presos políticos.",
            {553: "Cuban government", 200: "Prisoners Defenders"},
        ),
        (
            "es",
            "Organizaciones de derechos humanos denuncian que hay más de 1.000 presos políticos en Cuba.",
            {1000: "human rights organisations"},
        ),
        (
            "es",
            "Desde Ginebra, la portavoz de la Oficina de Derechos Humanos de la ONU, Ilda "
            "Ningures, dijo que 60 personas siguen detenidas.",
            {60: "UN Human Rights Office (Ilda Ningures)"},
        ),
        (
            "es",
            "Hasta ahora van 72 excarcelaciones, tuiteó el abogado Orestes Inventado, de Foro Penal.",
            {72: "Foro Penal (Orestes Inventado)"},
        ),
        (
            "es",
            "El secretario de la Organización de Estados Americanos sostuvo que hay 900 presos políticos.",
            {900: "Organization of American States (OAS)"},
        ),
        (
            "es",
            "Vente Venezuela, el partido de la oposición, contabiliza 140 dirigentes detenidos.",
            {140: "Vente Venezuela"},
        ),
        (
            "es",
            "De los 402 presos políticos que registra Dintel Abierto, 60 son mujeres.",
            {402: "Dintel Abierto", 60: "Dintel Abierto"},
        ),
        (
            "es",
            "Orestes Inventado, de Foro Penal, dijo a EFE que 17 presos políticos fueron liberados.",
            {17: "Foro Penal (Orestes Inventado)"},
        ),
        (
            "es",
            "El alcalde opositor Baldo Ficticio reclamó la libertad de los 318 presos políticos.",
            {318: "Baldo Ficticio"},
        ),
        (
            "es",
            "Fuentes del penal indicaron que 25 reclusos fueron trasladados a otra cárcel y 14 "
            "presos fueron liberados.",
            {14: "sources"},
        ),
        (
            "es",
            "El canciller Baldo Ficticio confirmó la liberación de 9 ciudadanos españoles.",
            {9: "Baldo Ficticio (Foreign Minister)"},
        ),
        (
            "es",
            "El Gobierno español confirmó la liberación de 5 ciudadanos españoles.",
            {5: "Spanish government"},
        ),
        (
            "es",
            "El viceministro de Gestión Penal, Baldo Ficticio, aseguró que 116 personas fueron excarceladas.",
            {116: "Baldo Ficticio"},
        ),
        (
            "es",
            "@ForoPenal: hemos verificado 35 excarcelaciones desde el jueves.",
            {35: "Foro Penal"},
        ),
        (
            "es",
            "#Comunicado | Dintel Abierto denuncia la detención de 14 activistas en la frontera.",
            {14: "Dintel Abierto"},
        ),
        (
            "es",
            "La Unión Almendro de Presas y Presos, que agrupa a exreos, calcula que 90 personas "
            "siguen presas.",
            {90: "Unión Almendro de Presas y Presos"},
        ),
        (
            "es",
            "Un informe de Cristosal señala que 427 personas murieron bajo custodia del Estado.",
            {427: "Cristosal"},
        ),
        (
            "es",
            "Hay 931 presos políticos en el país: Foro Penal",
            {931: "Foro Penal"},
        ),
        (
            "es",
            "El diputado Baldo Ficticio dijo que la comisión especial ha recibido 90 "
            "solicitudes de amnistía.",
            {90: "Baldo Ficticio"},
        ),
        (
            "es",
            "Las protestas dejaron 25 muertos y más de 300 heridos, de acuerdo con Provea.",
            {25: "Provea"},
        ),
        (
            "es",
            "La titular del Ministerio Público informó que 25 personas fueron detenidas.",
            {25: "Attorney General's Office"},
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
