"""What is said of the numbers of Spanish sentences: invented ones, as journalists write them."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reading import read

DAY = date(2026, 2, 12)

SENTENCES = [
    ("La policía detuvo a más de 40 manifestantes frente al tribunal el domingo.", "40 detained"),
    ("Al menos 112 simpatizantes de la oposición han sido arrestados desde la elección.", "112 detained"),
    ("El partido denunció que 73 de sus militantes continúan tras las rejas.", "73 held"),
    (
        "Un juez dejó en libertad a 15 estudiantes y ordenó prisión preventiva para otros 4.",
        "15 released, 4 held",
    ),
    (
        "El presidente indultó a 240 reclusos, entre ellos 12 mujeres y dos adolescentes.",
        "240 pardoned, 12 pardoned, 2 pardoned",
    ),
    ("Diecinueve mujeres y tres adolescentes salieron de la cárcel anoche.", "19 released, 3 released"),
    ("La ONG confirmó 26 nuevas excarcelaciones, para un total de 431.", "26 released, 431 released"),
    ("Las familias exigen la liberación de los 1.300 presos políticos.", "1300 held"),
    ("Con este grupo suman 187 los excarcelados desde diciembre.", "187 released"),
    ("En el país hay 863 presos políticos, 18 más que el mes anterior.", "863 held, 18 net_change"),
    ("Un tribunal condenó a seis manifestantes a penas de hasta nueve años de cárcel.", "6 sentenced"),
    ("De los 200 manifestantes arrestados en marzo, 191 fueron liberados.", "200 detained, 191 released"),
    (
        "Unas 900 personas encarceladas por motivos políticos permanecen en las prisiones del país.",
        "900 held",
    ),
    (
        "El ministerio anunció que 116 internos serán liberados en los próximos días.",
        "116 announced_release",
    ),
    (
        "El Gobierno prometió excarcelar a 553 personas, pero apenas 127 han salido.",
        "553 announced_release, 127 released",
    ),
    ("La policía citó a 14 familiares de los detenidos.", "14 summoned"),
    ("Con esta muerte suman 26 los fallecidos en prisión desde 2014.", "26 killed"),
    ("Cuatro detenidos murieron bajo custodia el año pasado.", "4 killed"),
    ("Hay 644 presos políticos: 64 son mujeres y 182 militares.", "644 held, 64 held, 182 held"),
    ("Al menos 37 de ellos están en situación de desaparición forzada.", "37 held"),
    ("El tribunal rechazó 177 solicitudes de amnistía.", "177 excluded"),
    ("Más de 11.000 personas siguen sujetas a medidas restrictivas de su libertad.", "11000 restricted"),
    ("La red ha defendido a más de 9.000 detenidos, hoy excarcelados.", "9000 released"),
    ("Unos 300 abogados firmaron una carta y 2.000 personas marcharon hasta el penal.", ""),
    ("El penal, construido para 750 hombres, recibió 1.245 visitas en 36 días.", ""),
    (
        "Balance de presos políticos\n\nTotal: 687\nHombres: 600\nMujeres: 87\nCondenados: 274 | No "
        "condenados: 413",
        "687 held, 600 held, 87 held, 274 held, 413 held",
    ),
    (
        "Total de presos: 687\nNuevos encarcelados: 4\nExcarcelados: 151",
        "687 held, 4 detained, 151 released",
    ),
    ("Fueron deportados 135 presos a Guatemala.", "135 released"),
    ("Entraron a la lista 29 nuevos prisioneros y salieron 11.", "29 added, 11 removed"),
    (
        "Las autoridades mantienen detenidos a 87 extranjeros, incluidos cinco estadounidenses.",
        "87 held, 5 held",
    ),
    (
        "La fuerza pública se llevó a 35 campesinos, de los cuales 20 fueron soltados luego.",
        "35 detained, 20 released",
    ),
    ("Ya son 12 los periodistas presos, según el sindicato.", "12 held"),
    ("Desde enero se han producido 61 arrestos de dirigentes opositores.", "61 detained"),
    ("La cifra de excarcelados asciende a 444, según la organización.", "444 released"),
    ("Una veintena de opositores fue detenida en la última semana.", "20 detained"),
    ("Otros 17 recuperaron su libertad el martes.", "17 released"),
    ("Los beneficiados por la amnistía son 5.628, dijo el diputado.", "5628 amnesty_granted"),
    ("La cárcel alberga a 90 presos políticos y 40 militares.", "90 held, 40 held"),
    ("El 40% de los presos tiene menos de 30 años y lleva 48 horas sin comer.", ""),
    (
        "El grupo ha documentado 1.400 arrestos desde que comenzaron las protestas, 300 de ellos de menores.",
        "1400 detained, 300 detained",
    ),
    ("Viasna contabiliza 1.110 presos políticos, de los cuales 168 son mujeres.", "1110 held, 168 held"),
    (
        "Familiares dijeron que nueve hombres fueron soltados y que otros 20 siguen adentro.",
        "9 released, 20 held",
    ),
    ("Dijo que 12 de los 30 periodistas detenidos salieron bajo fianza.", "12 released, 30 held"),
    (
        "Tres presos más murieron en enero, con lo que la cifra llega a 1.800 desde el golpe.",
        "3 killed, 1800 killed",
    ),
    (
        "Un total de 33 personas han sido excarceladas hasta ahora, incluidos 7 adolescentes.",
        "33 released, 7 released",
    ),
    (
        "Foro Penal ha verificado 97 excarcelaciones. La cifra oficial es de 626.",
        "97 released, 626 released",
    ),
    (
        "Las autoridades afirman que 4.151 personas se han beneficiado de la ley de amnistía, 3.934 de "
        "las cuales ya estaban fuera de prisión.",
        "4151 amnesty_granted, 3934 amnesty_granted",
    ),
    ("La junta indultó a 3.085 presos.", "3085 pardoned"),
    ("Al menos 15 detenidos padecen enfermedades graves y seis superan los 70 años.", "15 held, 6 held"),
    (
        "Diecisiete personas salieron del penal el sábado y cinco más el domingo.",
        "17 released, 5 released",
    ),
    (
        "Los 19 presos liberados el jueves incluyen a dos periodistas y un sindicalista.",
        "19 released, 2 released, 1 released",
    ),
    ("Venezuela liberará a 71 detenidos, dijo el ministro.", "71 announced_release"),
    (
        "El Gobierno dice haber excarcelado a 808 personas; las ONG han confirmado menos de la mitad, 383.",
        "808 released, 383 released",
    ),
    (
        "Unas 2.400 personas fueron detenidas tras las elecciones, de ellas unas 150 menores de edad.",
        "2400 detained, 150 detained",
    ),
    ("Entre los detenidos hay diez abogados.", "10 held"),
    ("Otros 545 aguardan su boleta de excarcelación.", "545 announced_release"),
    ("La detención de 17 activistas desató protestas.", "17 detained"),
    ("La ONU pidió la liberación inmediata de los 59 empleados retenidos por los rebeldes.", "59 held"),
    (
        "El comité ha verificado 61 de las 99 excarcelaciones anunciadas por el Gobierno.",
        "61 released, 99 announced_release",
    ),
    ("En Yare hay 34 presos; en Tocorón, 21.", "34 held, 21 held"),
    ("Van 26 liberados, según el recuento de la ONG.", "26 released"),
    ("El Ejecutivo ordenó la excarcelación de 99 ciudadanos.", "99 announced_release"),
    ("Son 4 las mujeres que continúan recluidas en el INOF.", "4 held"),
    ("Fueron liberadas 24 personas en Yare y 10 en Zulia.", "24 released, 10 released"),
    ("Suman ya 1.040 las liberaciones desde enero.", "1040 released"),
    ("Además, 17 presos políticos fueron trasladados a otra cárcel.", "17 held"),
    ("El año cerró con 1.187 prisioneros políticos.", "1187 held"),
    ("La organización registró el ingreso de 17 personas a su lista.", "17 added"),
    ("Quedan por liberar 766 presos políticos.", "766 held"),
    ("De los 1.687 presos que había en diciembre, 600 han salido.", "1687 held, 600 released"),
    ("Han sido procesadas 8 mil 110 solicitudes de amnistía.", "8110 amnesty_requests"),
    ("Los excluidos de la ley son 77 militares.", "77 excluded"),
    ("Unos 200 familiares esperan noticias frente a la cárcel.", ""),
    (
        "Foro Penal cuenta 711 presos políticos. De ellos, 620 son hombres y 91 mujeres; 530 son "
        "civiles y 181 militares. Uno es adolescente. 65 tienen nacionalidad extranjera y de 12 se "
        "desconoce el paradero.",
        "711 held, 620 held, 91 held, 530 held, 181 held, 65 held, 12 held",
    ),
    (
        "El viernes fue anunciada la excarcelación de 56 detenidos. Hasta ahora han salido 22, dicen "
        "los familiares; los 34 restantes siguen adentro.",
        "56 announced_release, 22 released, 34 held",
    ),
    (
        "Desde el 8 de enero el Gobierno ha liberado a 104 personas, 24 de las cuales salieron de El "
        "Rodeo I el lunes.",
        "104 released, 24 released",
    ),
    (
        "Las ONG aseguran que 187 personas murieron en la represión, 22 de ellas menores de edad, y "
        "más de 2.000 fueron encarceladas.",
        "187 killed, 22 killed, 2000 detained",
    ),
    (
        "La organización documentó 2.062 detenciones en el primer mes. Para diciembre, 1.369 detenidos "
        "habían sido liberados.",
        "2062 detained, 1369 released",
    ),
    (
        "Prisoners Defenders sitúa en 1.163 la cifra de presos, un aumento de 14 en el mes.",
        "1163 held, 14 net_change",
    ),
    ("En julio se sumaron a la lista 17 nuevos presos y salieron de ella 9.", "17 added, 9 removed"),
    (
        "Más de 28.000 personas han sido arrestadas desde el golpe y cerca de 21.000 siguen detenidas. "
        "Al menos 1.900 de los detenidos han muerto.",
        "28000 detained, 21000 held, 1900 killed",
    ),
    ("Los tribunales han condenado a 14 periodistas este año.", "14 sentenced"),
    (
        "Nicaragua desterró a 135 presos a Guatemala y a 222 a Estados Unidos.",
        "135 released, 222 released",
    ),
    (
        "Cuarenta reclusos recibieron la libertad condicional y 12 quedaron bajo arresto domiciliario.",
        "40 released, 12 restricted",
    ),
    (
        "La ONG solo pudo verificar 18 de las 120 excarcelaciones que asegura el Gobierno.",
        "18 released, 120 released",
    ),
    ("De los 56 anunciados, 22 ya están en sus casas.", "56 announced_release, 22 released"),
    ("Hombres: 600 (87%)\nMujeres: 87 (13%)", ""),
    (
        "El Gobierno ha excarcelado 223 presos, según su propio balance, mientras que Foro Penal "
        "registra 154.",
        "223 released, 154 released",
    ),
    (
        "Hoy quedaron en libertad 7 presos políticos del Helicoide y 3 del Sebin de Boleíta.",
        "7 released, 3 released",
    ),
    (
        "Al cierre de este boletín se contabilizan 61 excarcelados. Permanecen en prisión 812 personas.",
        "61 released, 812 held",
    ),
    ("La cifra de presos políticos bajó de 902 a 863 en una semana.", "902 held, 863 held"),
    (
        "Fueron puestos en libertad 24 venezolanos, cinco colombianos y tres italianos.",
        "24 released, 5 released, 3 released",
    ),
    (
        "Una organización regional documentó este año 1.287 detenciones arbitrarias, de ellas 412 en "
        "la capital, 96 en el norte y 44 en el exterior.",
        "1287 detained, 412 detained, 96 detained, 44 detained",
    ),
    (
        "Los agentes detuvieron a 4.312 personas en 112 ciudades y 61 fueron imputadas.",
        "4312 detained, 61 detained",
    ),
    ("Los 15 que siguen presos enfrentan hasta 10 años de cárcel.", "15 held"),
    (
        "Desde 2014 la organización ha registrado 18.459 detenciones políticas y ha logrado la "
        "libertad de más de 14.000 personas.",
        "18459 detained, 14000 released",
    ),
    (
        "Unos 2.500 internos podrían ser beneficiados con el indulto, dijo la ministra.",
        "2500 announced_release",
    ),
    (
        "Con su salida son 41 los periodistas liberados este mes; 13 permanecen en la cárcel.",
        "41 released, 13 held",
    ),
    ("Ella es una de las 120 mujeres recluidas por razones políticas.", "120 held"),
    (
        "El régimen mantiene a 1.100 presos políticos, entre ellos 25 periodistas y 9 sacerdotes.",
        "1100 held, 25 held, 9 held",
    ),
    (
        "Las autoridades detuvieron el martes a otros 8 activistas, con lo que suman 96 los arrestos "
        "del mes.",
        "8 detained, 96 detained",
    ),
    (
        "Más de la mitad de los 860 detenidos no ha sido juzgada; 310 han sido condenados.",
        "860 held, 310 held",
    ),
    (
        "Veintiséis personas, entre ellas cuatro menores, fueron secuestradas por hombres armados.",
        "26 detained, 4 detained",
    ),
    ("Según el ministerio, 64 de los excarcelados son extranjeros.", "64 released"),
    (
        "La cancillería confirmó que cinco de sus ciudadanos fueron liberados; tres siguen detenidos.",
        "5 released, 3 held",
    ),
    (
        "Al menos 100 personas fueron víctimas de desaparición forzada, informó la comisión.",
        "100 detained",
    ),
    ("El tribunal emitió 46 boletas de excarcelación.", "46 announced_release"),
    ("Una mujer de 54 años con 3 hijos lleva 14 meses en una celda de 2 metros.", ""),
    ("El comunicado lo firman 25 organizaciones, 12 expresidentes y 300 académicos.", ""),
    (
        "Las excarcelaciones fueron 12 en Yare, 7 en Tocorón y 4 en el INOF.",
        "12 released, 7 released, 4 released",
    ),
    ("Gobierno: 808. Foro Penal: 383.", ""),
    ("Excarcelados hoy:\n- Rodeo I: 12\n- Tocorón: 8\n- INOF: 3", "12 released, 8 released, 3 released"),
    ("Presos políticos por estado:\nMiranda: 212\nZulia: 41\nTotal: 687", "212 held, 41 held, 687 held"),
    ("Mujeres: 24Civiles: 197Militares: 12", ""),
    ("La cifra de detenidos superó los 2.000 en agosto y bajó a 1.697 en enero.", "2000 held, 1697 held"),
    (
        "Otras cinco personas fueron arrestadas el jueves, entre ellas un sacerdote y dos periodistas.",
        "5 detained, 1 detained, 2 detained",
    ),
    (
        "MANAGUA, 30 ene — Cuarenta y dos reos, la mayoría condenados por protestar, fueron sacados de "
        "prisión y llevados a sus casas.",
        "42 released",
    ),
    (
        "La Fiscalía ordenó la captura de 88 personas; 61 cayeron en allanamientos en 14 provincias.",
        "88 detained, 61 detained",
    ),
    (
        "La ley permitiría la salida de hasta 6.000 internos, calculó el diputado.",
        "6000 announced_release",
    ),
    (
        "Irán ejecutó al menos a 834 personas el año pasado, incluidas 22 mujeres.",
        "834 killed, 22 killed",
    ),
    ("Solo en El Rodeo hay 40 hombres presos por cargos políticos.", "40 held"),
    (
        "La cifra de periodistas tras las rejas llegó a 361: China mantiene presos a 50, Israel a 43 y "
        "Birmania a 35.",
        "361 held, 50 held, 43 held, 35 held",
    ),
    ("Los 24 concejales opositores detenidos el mes pasado fueron liberados sin cargos.", "24 released"),
    ("Hasta 1.500 personas habrían sido detenidas, dijo una fuente.", "1500 detained"),
    (
        "El número de excarcelados se ubica ahora en 1.151, pero más de 3.600 fueron arrestados en el "
        "mismo lapso.",
        "1151 released, 3600 detained",
    ),
    (
        "Era uno de los 14 pasajeros secuestrados de un autobús. Nueve ya volvieron a sus casas.",
        "14 detained, 9 released",
    ),
    ("El 71% de los 2.229 presos fue arrestado en 2024.", "2229 held"),
    ("Conocemos 3 muertes bajo custodia y 17 casos de tortura.", "3 killed"),
    (
        "La organización Cubalex confirmó la excarcelación de 13 presos, con lo cual ya son 127 los "
        "beneficiados desde el 15 de enero.",
        "13 released, 127 released",
    ),
    ("Suben a 9 los detenidos fallecidos este año.", "9 killed"),
    ("En total han sido liberados 127 de los 553 prometidos.", "127 released, 553 announced_release"),
    (
        "El Salvador acumula 85.900 capturas bajo el régimen de excepción, y 8.000 personas han sido "
        "liberadas.",
        "85900 detained, 8000 released",
    ),
    ("Al menos 363 reos han muerto en las cárceles, según Cristosal.", "363 killed"),
    ("El viernes sacaron a 15 del penal y el sábado a otros 20.", "15 released, 20 released"),
    ("La ONG sacó de su lista a 15 nombres.", "15 removed"),
    ("Anoche agarraron a siete muchachos en la plaza.", "7 detained"),
    ("¿Cuántos siguen detenidos? Treinta y dos.", "32 held"),
    ("—¿Cuántos han salido?\n—Hasta hoy, 48.", "48 released"),
    ("Niegan la amnistía a 12 activistas", "12 excluded"),
    ("La ley dejaría fuera a unos 150 militares.", "150 excluded"),
    (
        "Han recibido la amnistía 4.200 personas, de las cuales 180 estaban en prisión.",
        "4200 amnesty_granted, 180 amnesty_granted",
    ),
    ('Por la amnistía, 420 personas han obtenido la "libertad plena".', "420 amnesty_granted"),
    ("Se quemaron vivos 23 reclusos en los calabozos de la comandancia.", "23 killed"),
    ("Hubo dos muertos y los lesionados llegan a 320 (200 civiles y 120 militares).", "2 killed"),
    ("Hay 18 personas que ya habían salido en octubre.", "18 released"),
    ("Los familiares sostienen que no son 20 los que faltan, sino al menos 29.", "20 held, 29 held"),
    ("La cifra de muertos llegó a 41 y la de detenidos a 2.300.", "41 killed, 2300 held"),
    (
        "El sábado soltaron a 60. De esos 60 solo 41 estaban en la lista de presos políticos.",
        "60 released, 41 released",
    ),
    ("La comisión, conformada por 19 diputados, revisó 40 casos de presos políticos.", "40 held"),
    ("Liberaron a 12, según la ONG, que poco después actualizó la cifra a 19.", "12 released, 19 released"),
    ("Entre los reclusos hay 31 enfermeras.", "31 held"),
    ("Los presos incluyen a 12 mujeres.", "12 held"),
    ("Lo sacaron a las 6 de la mañana; fue condenado a 18 por conspiración.", ""),
    ("41 personas fueron detenidas tras la convocatoria de 5.000 reservistas.", "41 detained"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_of_each_number_is_said_what_its_sentence_says(text: str, expected: str) -> None:
    claims = read(text, language="es", published=DAY)
    assert ", ".join(f"{c.value} {c.about.value}" for c in claims) == expected
