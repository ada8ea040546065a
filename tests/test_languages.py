"""Each language in one table: its dates, signs, numbers and headings, against CLDR 47 or its own authority.

In the tables, ~ is a no-break space and ^ a narrow one. What stands beside no authority is of CLDR; the words around a
date are ours.
"""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from babel import Locale, localedata

from tests import tiny
from tests.conftest import SHIPPED, TEMPLATES, written
from triptych.build import inspection
from triptych.check import tracing
from triptych.compose import words
from triptych.content import cite, customs, dates, prose
from triptych.content.calendars import Calendar
from triptych.content.charted import Numbers
from triptych.content.model import Style


@cache
def calendar(language: str) -> Calendar:
    return Calendar(Locale.parse(language, sep="-"), words.words(language, TEMPLATES).by_name)


def marked(text: str) -> str:
    for sign, mark in (("&nbsp;", "~"), ("\u00a0", "~"), ("\u202f", "^"), ("\u2009", " "), ("\u2060", "")):
        text = text.replace(sign, mark)
    return text


EDTF = (
    *("2018", "2018-10-09", "2018-11-01", "2018-10", "201X", "-0043", "2018-21", "2018-33", "2018-11-01/2018-11-09"),
    *("2018-10/2019-05", "2012/2014", "1850~", "1850?", "../2018", "../2018-10-09", "2018/..", "2018-10-09/.."),
    *("2018-10/..", "[..2015]", "[..2018-10]", "[..2018-10-09]", "[2015..]", "[2012..2014]", "[2012,2014]"),
    *("2018-10-09T14:30Z", "XXXX-11-01"),
    *("20XX", "1850%", "{2012,2014}", "2018-40", "2018-37", "1950S2", "2018-10-XX", "2018-XX-25", "2018/", "/2018"),
    *("2018-?10", "?2018-10-09"),
)
"""A date of each kind."""
DATES = {
    # Here and below: CLDR 47 of each language, dateFormats, availableFormats, intervalFormats, listPatterns.
    "en-GB": """2018 | 9 October 2018 | 1 November 2018 | October 2018 | 2010s | 44 BC | spring 2018
        | 1st quarter 2018 | 1–9 November 2018 | October 2018 – May 2019 | 2012 to 2014 | about 1850
        | possibly 1850 | until 2018 | until 9 October 2018 | since 2018 | since 9 October 2018
        | since October 2018 | before 2016 | before November 2018 | by 9 October 2018 | 2015 or later
        | within 2012 to 2014 | 2012 or 2014 | 9 October 2018, 14:30 UTC | 1 November, year not known
        | within 2000 to 2099 | possibly about 1850 | 2012 and 2014 | first half of 2018
        | first four months of 2018 | about 1950, within 1900 to 1999 | October 2018
        | day 25 of a month in 2018 | from 2018, end not known | until 2018, start not known
        | October 2018 (month uncertain) | 9 October 2018 (year uncertain)""",
    # The month first: Chicago Manual of Style, 6.38.
    "en-US": """2018 | October 9, 2018 | November 1, 2018 | October 2018 | 2010s | 44 BC | spring 2018
        | 1st quarter 2018 | November 1 – 9, 2018 | October 2018 – May 2019 | 2012 to 2014 | about 1850
        | possibly 1850 | until 2018 | until October 9, 2018 | since 2018 | since October 9, 2018
        | since October 2018 | before 2016 | before November 2018 | by October 9, 2018 | 2015 or later
        | within 2012 to 2014 | 2012 or 2014 | October 9, 2018, 14:30 UTC | November 1, year not known
        | within 2000 to 2099 | possibly about 1850 | 2012 and 2014 | first half of 2018
        | first four months of 2018 | about 1950, within 1900 to 1999 | October 2018
        | day 25 of a month in 2018 | from 2018, end not known | until 2018, start not known
        | October 2018 (month uncertain) | October 9, 2018 (year uncertain)""",
    # A point after the day: Duden, Datum; DIN 5008.
    "de": """2018 | 9. Oktober 2018 | 1. November 2018 | Oktober 2018 | 2010er-Jahre | 44 v. Chr.
        | Frühjahr 2018 | 1.~Quartal 2018 | 1.–9. November 2018 | Oktober 2018 – Mai 2019 | 2012 bis 2014
        | etwa 1850 | vermutlich 1850 | bis 2018 | bis zum 9. Oktober 2018 | seit 2018
        | seit dem 9. Oktober 2018 | seit Oktober 2018 | vor 2016 | vor November 2018
        | 9. Oktober 2018 oder früher | 2015 oder später | im Zeitraum 2012 bis 2014 | 2012 oder 2014
        | 9. Oktober 2018, 14:30 UTC | 1. November, Jahr unbekannt | im Zeitraum 2000 bis 2099
        | vermutlich etwa 1850 | 2012 und 2014 | erstes Halbjahr 2018 | erste vier Monate 2018
        | etwa 1950, zwischen 1900 und 1999 | Oktober 2018 | 25. Tag eines Monats, 2018
        | ab 2018, Ende unbekannt | bis 2018, Beginn unbekannt | Oktober 2018 (unsicher: Monat)
        | 9. Oktober 2018 (unsicher: Jahr)""",
    # The first of a month alone is an ordinal: Lexique de l'Imprimerie nationale, Dates.
    "fr": """2018 | 9 octobre 2018 | 1ᵉʳ novembre 2018 | octobre 2018 | années 2010 | 44 av. J.-C.
        | printemps 2018 | 1ᵉʳ trimestre 2018 | 1ᵉʳ–9 novembre 2018 | octobre 2018 – mai 2019 | 2012 à 2014
        | 1850 environ | 1850 (date incertaine) | jusqu’en 2018 | jusqu’au 9 octobre 2018 | depuis 2018
        | depuis le 9 octobre 2018 | depuis octobre 2018 | avant 2016 | avant novembre 2018
        | 9 octobre 2018 ou avant | 2015 ou après | dans la période 2012 à 2014 | 2012 ou 2014
        | 9 octobre 2018, 14:30 UTC | 1ᵉʳ novembre, année inconnue | dans la période 2000 à 2099
        | 1850 environ (date incertaine) | 2012 et 2014 | premier semestre 2018
        | quatre premiers mois de 2018 | 1950 environ, entre 1900 et 1999 | octobre 2018
        | le 25 d’un mois, en 2018 | début~: 2018, fin inconnue | fin~: 2018, début inconnu
        | octobre 2018 (incertain~: mois) | 9 octobre 2018 (incertain~: année)""",
    # “de” between day, month and year: RAE, Ortografía, fecha.
    "es": """2018 | 9 de octubre de 2018 | 1 de noviembre de 2018 | octubre de 2018 | década de 2010
        | 44 a. C. | primavera de 2018 | 1.ᵉʳ trimestre de 2018 | 1–9 de noviembre de 2018
        | octubre de 2018 – mayo de 2019 | 2012 a 2014 | 1850 aproximadamente | 1850 (fecha dudosa)
        | hasta 2018 | hasta el 9 de octubre de 2018 | desde 2018 | desde el 9 de octubre de 2018
        | desde octubre de 2018 | antes de 2016 | antes de noviembre de 2018 | 9 de octubre de 2018 o antes
        | 2015 o después | en el periodo 2012 a 2014 | 2012 o 2014 | 9 de octubre de 2018, 14:30 UTC
        | 1 de noviembre, año desconocido | en el periodo 2000 a 2099 | 1850 aproximadamente (fecha dudosa)
        | 2012 y 2014 | primer semestre de 2018 | primer cuatrimestre de 2018
        | 1950 aproximadamente, entre 1900 y 1999 | octubre de 2018 | el día 25 de un mes, 2018
        | comienzo: 2018, fin desconocido | fin: 2018, comienzo desconocido | octubre de 2018 (dudoso: mes)
        | 9 de octubre de 2018 (dudoso: año)""",
    # The first of a month with º: Treccani, Vocabolario, primo.
    "it": """2018 | 9 ottobre 2018 | 1º novembre 2018 | ottobre 2018 | anni 2010 | 44 a.C. | primavera 2018
        | 1º trimestre 2018 | 1º–9 novembre 2018 | ottobre 2018 – maggio 2019 | 2012–2014 | 1850, circa
        | 1850 (data incerta) | fino al 2018 | fino al giorno 9 ottobre 2018 | dal 2018
        | dal giorno 9 ottobre 2018 | da ottobre 2018 | prima del 2016 | prima di novembre 2018
        | 9 ottobre 2018 o prima | 2015 o dopo | nel periodo 2012–2014 | 2012 o 2014
        | 9 ottobre 2018, 14:30 UTC | 1º novembre, anno ignoto | nel periodo 2000–2099
        | 1850, circa (data incerta) | 2012 e 2014 | primo semestre 2018 | primo quadrimestre 2018
        | 1950, circa, tra 1900 e 1999 | ottobre 2018 | giorno 25 di un mese, 2018
        | inizio: 2018, fine ignota | fine: 2018, inizio ignoto | ottobre 2018 (incerto: mese)
        | 9 ottobre 2018 (incerto: anno)""",
    # Months in lower case: Taalunie, maanden.
    "nl": """2018 | 9 oktober 2018 | 1 november 2018 | oktober 2018 | jaren 2010 | 44 v.Chr.
        | voorjaar 2018 | 1e kwartaal 2018 | 1–9 november 2018 | oktober 2018 – mei 2019 | 2012 tot 2014
        | ca. 1850 | mogelijk 1850 | tot 2018 | tot 9 oktober 2018 | sinds 2018 | sinds 9 oktober 2018
        | sinds oktober 2018 | vóór 2016 | vóór november 2018 | 9 oktober 2018 of eerder | 2015 of later
        | in de periode 2012 tot 2014 | 2012 of 2014 | 9 oktober 2018, 14:30 UTC | 1 november, jaar onbekend
        | in de periode 2000 tot 2099 | mogelijk ca. 1850 | 2012 en 2014 | eerste helft van 2018
        | eerste vier maanden van 2018 | ca. 1950, tussen 1900 en 1999 | oktober 2018
        | dag 25 van een maand in 2018 | vanaf 2018, einde onbekend | tot 2018, begin onbekend
        | oktober 2018 (onzeker: maand) | 9 oktober 2018 (onzeker: jaar)""",
    # No single letter ends a line: PN-83/P-55366. A month after a day in the genitive: PWN, zapis dat.
    "pl": """2018 | 9 października 2018 | 1 listopada 2018 | październik 2018 | dziesięciolecie od 2010~r.
        | 44 p.n.e. | wiosna 2018 | I~kwartał 2018 | 1–9 listopada 2018 | październik 2018–maj 2019
        | 2012–2014 | 1850 (przybl.) | 1850 (data niepewna) | do 2018~r. | do 9 października 2018~r.
        | od 2018~r. | od 9 października 2018~r. | początek: październik 2018 | przed 2016~r.
        | wcześniej niż listopad 2018 | 9 października 2018 lub wcześniej | 2015 lub później
        | w~okresie 2012–2014 | 2012 lub 2014 | 9 października 2018, 14:30 UTC | 1 listopada, rok nieznany
        | w~okresie 2000–2099 | 1850 (przybl.) (data niepewna) | 2012 i 2014 | pierwsza połowa 2018~r.
        | pierwsze cztery miesiące 2018~r. | 1950 (przybl.), w~okresie 1900–1999 | październik 2018
        | 25. dzień miesiąca, 2018~r. | początek: 2018, koniec nieznany | koniec: 2018, początek nieznany
        | październik 2018 (niepewne: miesiąc) | 9 października 2018 (niepewne: rok)""",
    # The first of a month is 1 in Portugal: CLDR pt-PT.
    "pt": """2018 | 9 de outubro de 2018 | 1 de novembro de 2018 | outubro de 2018 | década de 2010
        | 44 a.C. | primavera de 2018 | 1º trimestre de 2018 | 1 – 9 de novembro de 2018
        | outubro de 2018 – maio de 2019 | 2012 a 2014 | 1850, aprox. | 1850 (data incerta) | até 2018
        | até 9 de outubro de 2018 | desde 2018 | desde 9 de outubro de 2018 | desde outubro de 2018
        | antes de 2016 | antes de novembro de 2018 | 9 de outubro de 2018 ou antes | 2015 ou depois
        | no período 2012 a 2014 | 2012 ou 2014 | 9 de outubro de 2018, 14:30 UTC
        | 1 de novembro, ano desconhecido | no período 2000 a 2099 | 1850, aprox. (data incerta)
        | 2012 e 2014 | primeiro semestre de 2018 | primeiro quadrimestre de 2018
        | 1950, aprox., entre 1900 e 1999 | outubro de 2018 | dia 25 de um mês, 2018
        | desde 2018, fim desconhecido | até 2018, início desconhecido | outubro de 2018 (incerto: mês)
        | 9 de outubro de 2018 (incerto: ano)""",
    # And 1º in Brazil: Manual de Redação da Presidência da República, datas.
    "pt-BR": """2018 | 9 de outubro de 2018 | 1º de novembro de 2018 | outubro de 2018 | década de 2010
        | 44 a.C. | primavera de 2018 | 1º trimestre de 2018 | 1º – 9 de novembro de 2018
        | outubro de 2018 – maio de 2019 | 2012 a 2014 | 1850, aprox. | 1850 (data incerta) | até 2018
        | até 9 de outubro de 2018 | desde 2018 | desde 9 de outubro de 2018 | desde outubro de 2018
        | antes de 2016 | antes de novembro de 2018 | 9 de outubro de 2018 ou antes | 2015 ou depois
        | no período 2012 a 2014 | 2012 ou 2014 | 9 de outubro de 2018, 14:30 UTC
        | 1º de novembro, ano desconhecido | no período 2000 a 2099 | 1850, aprox. (data incerta)
        | 2012 e 2014 | primeiro semestre de 2018 | primeiro quadrimestre de 2018
        | 1950, aprox., entre 1900 e 1999 | outubro de 2018 | dia 25 de um mês, 2018
        | desde 2018, fim desconhecido | até 2018, início desconhecido | outubro de 2018 (incerto: mês)
        | 9 de outubro de 2018 (incerto: ano)""",
    # р. and рр.: CLDR uk; ДСТУ 3582. A month after a day in the genitive: Правопис 2019.
    "uk": """2018 | 9 жовтня 2018^р. | 1 листопада 2018^р. | жовтень 2018^р. | 2010-ті роки | 44 до н. е.
        | весна 2018 | 1-й квартал 2018^р. | 1–9 листопада 2018^р. | жовтень 2018 – травень 2019^рр.
        | 2012–2014 | 1850, приблизно | 1850 (дата непевна) | по 2018 рік | до 9 жовтня 2018^р. | з 2018 року
        | від 9 жовтня 2018^р. | початок: жовтень 2018^р. | до 2016 року | раніше ніж листопад 2018^р.
        | 9 жовтня 2018^р. або раніше | 2015 або пізніше | у період 2012–2014 | 2012 або 2014
        | 9 жовтня 2018^р., 14:30 UTC | 1 листопада, рік невідомий | у період 2000–2099
        | 1850, приблизно (дата непевна) | 2012 і 2014 | перше півріччя 2018 року
        | перші чотири місяці 2018 року | 1950, приблизно, у період 1900–1999 | жовтень 2018^р.
        | 25-й день місяця, 2018 рік | початок: 2018, кінець невідомий | кінець: 2018, початок невідомий
        | жовтень 2018^р. (непевно: місяць) | 9 жовтня 2018^р. (непевно: рік)""",
    # A month after a day in the genitive: CLDR el; months with a capital: Γραμματική Τριανταφυλλίδη.
    "el": """2018 | 9 Οκτωβρίου 2018 | 1 Νοεμβρίου 2018 | Οκτώβριος 2018 | δεκαετία του 2010 | 44 π.Χ.
        | άνοιξη 2018 | 1ο~τρίμηνο 2018 | 1–9 Νοεμβρίου 2018 | Οκτώβριος 2018 – Μάιος 2019 | 2012–2014
        | 1850, περίπου | 1850 (αβέβαιη χρονολογία) | έως το 2018 | έως 9 Οκτωβρίου 2018 | από το 2018
        | από 9 Οκτωβρίου 2018 | έναρξη: Οκτώβριος 2018 | πριν από το 2016 | πριν από: Νοέμβριος 2018
        | 9 Οκτωβρίου 2018 ή νωρίτερα | 2015 ή αργότερα | στην περίοδο 2012–2014 | 2012 ή 2014
        | 9 Οκτωβρίου 2018, 14:30 UTC | 1 Νοεμβρίου, άγνωστο έτος | στην περίοδο 2000–2099
        | 1850, περίπου (αβέβαιη χρονολογία) | 2012 και 2014 | πρώτο εξάμηνο 2018 | πρώτο τετράμηνο 2018
        | 1950, περίπου, στην περίοδο 1900–1999 | Οκτώβριος 2018 | 25η ημέρα ενός μήνα, 2018
        | έναρξη: 2018, άγνωστη λήξη | λήξη: 2018, άγνωστη έναρξη | Οκτώβριος 2018 (αβέβαιο: μήνας)
        | 9 Οκτωβρίου 2018 (αβέβαιο: έτος)""",
    # Day, month, year without a point: TDK, tarihlerin yazılışı.
    "tr": """2018 | 9 Ekim 2018 | 1 Kasım 2018 | Ekim 2018 | 2010 ile başlayan on yıl | MÖ 44
        | 2018 ilkbaharı | 2018 1.~çeyrek | 1–9 Kasım 2018 | Ekim 2018 – Mayıs 2019 | 2012–2014
        | 1850, yaklaşık | 1850 (tarih kesin değil) | 2018 yılına kadar | 9 Ekim 2018 tarihine kadar
        | 2018 yılından beri | 9 Ekim 2018 tarihinden beri | başlangıç: Ekim 2018 | 2016 öncesi
        | Kasım 2018 öncesi | 9 Ekim 2018 veya öncesi | 2015 veya sonrası | 2012–2014 arasında
        | 2012 veya 2014 | 9 Ekim 2018, 14:30 UTC | 1 Kasım, yıl bilinmiyor | 2000–2099 arasında
        | 1850, yaklaşık (tarih kesin değil) | 2012 ve 2014 | 2018 yılının ilk yarısı
        | 2018 yılının ilk dört ayı | 1950, yaklaşık, 1900–1999 arasında | Ekim 2018 | ayın 25. günü, 2018
        | başlangıç: 2018, bitiş bilinmiyor | bitiş: 2018, başlangıç bilinmiyor | Ekim 2018 (kesin değil: ay)
        | 9 Ekim 2018 (kesin değil: yıl)""",
    # The months of Egypt and Latin digits: CLDR ar.
    "ar": """2018 | 9 أكتوبر 2018 | 1 نوفمبر 2018 | أكتوبر 2018 | عقد 2010 | 44 ق.م | ربيع 2018
        | الربع الأول 2018 | 1–9 نوفمبر 2018 | أكتوبر 2018 – مايو 2019 | 2012 إلى 2014 | 1850 تقريبًا
        | 1850 (تاريخ غير مؤكد) | حتى 2018 | حتى 9 أكتوبر 2018 | منذ 2018 | منذ 9 أكتوبر 2018
        | منذ أكتوبر 2018 | قبل 2016 | قبل نوفمبر 2018 | 9 أكتوبر 2018 أو قبل ذلك | 2015 أو بعد ذلك
        | خلال الفترة 2012 إلى 2014 | 2012 أو 2014 | 9 أكتوبر 2018، 14:30 UTC | 1 نوفمبر، السنة غير معروفة
        | خلال الفترة 2000 إلى 2099 | 1850 تقريبًا (تاريخ غير مؤكد) | 2012 و2014 | النصف الأول من 2018
        | الثلث الأول من 2018 | 1950 تقريبًا، بين 1900 و1999 | أكتوبر 2018 | اليوم 25 من أحد الأشهر، 2018
        | منذ 2018، النهاية غير معروفة | حتى 2018، البداية غير معروفة | أكتوبر 2018 (غير مؤكد: الشهر)
        | 9 أكتوبر 2018 (غير مؤكد: السنة)""",
    # The months of the Levant and its digits: CLDR ar-LB.
    "ar-LB": """٢٠١٨ | ٩ تشرين الأول ٢٠١٨ | ١ تشرين الثاني ٢٠١٨ | تشرين الأول ٢٠١٨ | عقد ٢٠١٠ | ٤٤ ق.م
        | ربيع ٢٠١٨ | الربع الأول ٢٠١٨ | ١–٩ تشرين الثاني ٢٠١٨ | تشرين الأول ٢٠١٨ – أيار ٢٠١٩ | ٢٠١٢ إلى ٢٠١٤
        | ١٨٥٠ تقريبًا | ١٨٥٠ (تاريخ غير مؤكد) | حتى ٢٠١٨ | حتى ٩ تشرين الأول ٢٠١٨ | منذ ٢٠١٨
        | منذ ٩ تشرين الأول ٢٠١٨ | منذ تشرين الأول ٢٠١٨ | قبل ٢٠١٦ | قبل تشرين الثاني ٢٠١٨
        | ٩ تشرين الأول ٢٠١٨ أو قبل ذلك | ٢٠١٥ أو بعد ذلك | خلال الفترة ٢٠١٢ إلى ٢٠١٤ | ٢٠١٢ أو ٢٠١٤
        | ٩ تشرين الأول ٢٠١٨، ١٤:٣٠ UTC | ١ تشرين الثاني، السنة غير معروفة | خلال الفترة ٢٠٠٠ إلى ٢٠٩٩
        | ١٨٥٠ تقريبًا (تاريخ غير مؤكد) | ٢٠١٢ و٢٠١٤ | النصف الأول من ٢٠١٨ | الثلث الأول من ٢٠١٨
        | ١٩٥٠ تقريبًا، بين ١٩٠٠ و١٩٩٩ | تشرين الأول ٢٠١٨ | اليوم ٢٥ من أحد الأشهر، ٢٠١٨
        | منذ ٢٠١٨، النهاية غير معروفة | حتى ٢٠١٨، البداية غير معروفة | تشرين الأول ٢٠١٨ (غير مؤكد: الشهر)
        | ٩ تشرين الأول ٢٠١٨ (غير مؤكد: السنة)""",
    # Days with their prefix, and a hyphen between a prefix and a number: CLDR he; Academy of the Hebrew Language.
    "he": """2018 | 9 באוקטובר 2018 | 1 בנובמבר 2018 | אוקטובר 2018 | שנות ה־2010 | 44 לפנה״ס | אביב 2018
        | רבעון 1 2018 | 1–9 בנובמבר 2018 | אוקטובר 2018–מאי 2019 | 2012 עד 2014 | 1850 בקירוב
        | 1850 (לא ודאי) | עד 2018 | עד 9 באוקטובר 2018 | מאז 2018 | מאז 9 באוקטובר 2018 | מאז אוקטובר 2018
        | לפני 2016 | לפני נובמבר 2018 | 9 באוקטובר 2018 או לפני כן | 2015 או אחרי כן
        | בין התאריכים 2012 עד 2014 | 2012 או 2014 | 9 באוקטובר 2018, 14:30 UTC | 1 בנובמבר, השנה לא ידועה
        | בין התאריכים 2000 עד 2099 | 1850 בקירוב (לא ודאי) | 2012 ו־2014 | המחצית הראשונה של 2018
        | ארבעת החודשים הראשונים של 2018 | 1950 בקירוב, בין 1900 ל־1999 | אוקטובר 2018
        | היום ה־25 בחודש, 2018 | מאז 2018, הסיום לא ידוע | עד 2018, ההתחלה לא ידועה
        | אוקטובר 2018 (לא ודאי: חודש) | 9 באוקטובר 2018 (לא ודאי: שנה)""",
}


@pytest.mark.parametrize("language", DATES)
def test_dates_print_in_the_words_of_the_language(language: str) -> None:
    expected = " ".join(DATES[language].split()).split(" | ")
    assert [marked(calendar(language).text(dates.parsed(edtf))) for edtf in EDTF] == expected


SIGNS = [
    # Quotation marks and their nesting.
    ("ar", "قال \"هذا 'حق' هنا\"", "قال «هذا “حق” هنا»"),  # W3C ALREQ
    ("el", "είπε \"το 'ναι' του\"", "είπε «το “ναι” του»"),
    ("it", "disse \"il 'sì' di lui\"", "disse «il “sì” di lui»"),
    ("nl", "zei \"het 'ja' van hem\"", "zei “het ‘ja’ van hem”"),  # Taalunie, aanhalingstekens
    ("pl", "rzekł \"to 'tak' jego\"", "rzekł „to «tak» jego”"),
    ("pt", "disse \"o 'sim' dele\"", "disse «o “sim” dele»"),  # CLDR pt-PT
    ("pt-BR", "disse \"o 'sim' dele\"", "disse “o ‘sim’ dele”"),  # CLDR pt
    ("tr", "dedi \"onun 'evet' sözü\"", "dedi “onun ‘evet’ sözü”"),
    ("uk", "сказав \"його 'так' тут\"", "сказав «його „так“ тут»"),  # Правопис 2019, § 166
    ("el", '"τον Ιούλιο του 2021"', "«τον Ιούλιο του 2021»"),
    ("fr", '"en 2021" sur 5"', "«~en 2021~» sur 5”"),
    # Per cent: the pattern of CLDR.
    ("tr", "oyların 12,5%'i ve 10–20%", "oyların %12,5’i ve %10–20"),
    ("pl", "63% głosów", "63% głosów"),
    ("nl", "63% van 100 mensen", "63% van 100~mensen"),
    # Ordinals and their spaces.
    ("pl", "w 3. raporcie z 2018 r.", "w~3.~raporcie z~2018~r."),  # PWN, kropka; PN-83/P-55366
    ("tr", "3. bölüm", "3.~bölüm"),  # TDK, sıra sayıları
    ("pt-PT", "no 1º relatório", "no 1.º relatório"),  # Academia das Ciências de Lisboa
    ("pt-BR", "no 1º relatório", "no 1º relatório"),
    ("es", "en el 1º informe", "en el 1.º informe"),  # RAE, Ortografía, abreviaturas
    ("uk", "у 2018 р., № 5", "у 2018~р., №~5"),  # ДСТУ 3582
    # Signs of a script of its own.
    ("el", "Ποιος το είπε? Κανείς.", "Ποιος το είπε; Κανείς."),  # Unicode, Greek
    ("el", "Είπε \"ποιοι 'πολίτες'?\"", "Είπε «ποιοι “πολίτες”;»"),
    ("ar", "متى, وأين? نعم; 1,234", "متى، وأين؟ نعم؛ 1,234"),  # W3C ALREQ
    ("es", "el 1er tomo", "el 1.ᵉʳ tomo"),  # CLDR es, digits-ordinal
    ("el", "το 1ο τρίμηνο, η 2η ημέρα, 1o βραβείο", "το 1ο~τρίμηνο, η 2η~ημέρα, 1ο~βραβείο"),  # CLDR el, digits-ordinal
    ("it", "il 1º rapporto, la 2ª volta", "il 1º rapporto, la 2ª volta"),  # Treccani, Vocabolario, primo
    ("nl", "de 1e en de 2de keer", "de 1e en de 2de keer"),  # Taalunie, rangtelwoorden in cijfers
    ("uk", "1-й звіт, 2-га книга", "1-й звіт, 2-га книга"),  # Правопис 2019, § 36
    # Digits and their signs, by the tag: CLDR, numbers. What is Latin keeps its own.
    ("ar-LB", "الجزء 2, 63% من 1,200.5, MARC 21", "الجزء ٢، ٦٣٪ من ١٬٢٠٠٫٥، MARC 21"),
    ("ar-EG", "في 2018 وISO 15489 في 2016", "في ٢٠١٨ وISO 15489~في~٢٠١٦"),
    ("ar", "الجزء ٢, ٦٣٪ من ١٬٢٠٠٫٥", "الجزء 2، 63% من 1,200.5"),
    ("ar-MA", "الجزء ٢, ٦٣٪ من ١٬٢٠٠٫٥", "الجزء 2، 63% من 1.200,5"),
    ("ar-LB", "`a, 2018?`, Koha, Plain, كتب", "<code>a, 2018?</code>، Koha, Plain، كتب"),
    # An apostrophe at the start of a word: Taalunie, apostrof.
    ("nl", "'s avonds, foto's en 't huis", "’s avonds, foto’s en ’t huis"),
]


@pytest.mark.parametrize(("language", "typed", "set_"), SIGNS)
def test_a_text_has_the_signs_of_its_language(language: str, typed: str, set_: str) -> None:
    assert marked(prose.Renderer({}, language=language).line(typed)) == set_


@pytest.mark.parametrize(
    ("language", "number"),
    [
        # CLDR, symbols and grouping; digits of the default numbering system.
        *(("en-US", "1,234,567"), ("de", "1.234.567"), ("fr", "1^234^567"), ("es", "1.234.567"), ("it", "1.234.567")),
        *(("pt", "1.234.567"), ("pt-PT", "1~234~567"), ("nl", "1.234.567"), ("pl", "1~234~567"), ("uk", "1~234~567")),
        *(("el", "1.234.567"), ("tr", "1.234.567"), ("he", "1,234,567"), ("ar", "1,234,567"), ("ar-LB", "١٬٢٣٤٬٥٦٧")),
    ],
)
def test_a_count_is_grouped_as_in_its_language(language: str, number: str) -> None:
    assert marked(calendar(language).count(1_234_567)) == number


@pytest.mark.parametrize(
    ("language", "number", "share", "money"),
    [
        # CLDR, symbols of the default numbering system, percentFormats and currencyFormats.
        ("en-GB", "−12,345.5", "12.5%", "€1,500"),
        ("en-US", "−12,345.5", "12.5%", "€1,500"),
        ("de", "−12.345,5", "12,5~%", "1.500~€"),
        ("de-CH", "−12’345.5", "12.5%", "€~1’500"),
        ("fr", "−12^345,5", "12,5~%", "1^500~€"),
        ("es", "−12.345,5", "12,5~%", "1.500~€"),
        ("pt", "−12.345,5", "12,5%", "€~1.500"),
        ("pt-PT", "−12~345,5", "12,5%", "1~500~€"),
        ("it", "−12.345,5", "12,5%", "1.500~€"),
        ("nl", "−12.345,5", "12,5%", "€~1.500"),
        ("pl", "−12~345,5", "12,5%", "1~500~€"),
        ("uk", "−12~345,5", "12,5%", "1~500~€"),
        ("el", "−12.345,5", "12,5%", "1.500~€"),
        ("tr", "−12.345,5", "%12,5", "€1.500"),
        ("ar", "−12,345.5", "12.5%", "1,500~€"),
        ("ar-MA", "−12.345,5", "12,5%", "1.500~€"),
        ("ar-LB", "−١٢٬٣٤٥٫٥", "١٢٫٥٪", "١٬٥٠٠~€"),
        ("he", "−12,345.5", "12.5%", "1,500~€"),
    ],
)
def test_a_number_of_a_chart_has_the_signs_of_its_language(language: str, number: str, share: str, money: str) -> None:
    locale = Locale.parse(language, sep="-")
    numbers = (
        Numbers(locale, "", 1).text(-12345.5),
        Numbers(locale, "%", 1).text(12.5),
        Numbers(locale, "€").text(1500),
    )
    assert tuple(map(marked, numbers)) == (number, share, money)


@pytest.mark.parametrize(
    ("language", "two", "three"),
    [
        # CSL locales, terms and / et-al; of English, the signs of its author-date styles.
        ("en-GB", "Levi & Roth", "Levi et al."),
        ("de", "Levi und Roth", "Levi u.~a."),
        ("fr", "Levi et Roth", "Levi et al."),
        ("es", "Levi y Roth", "Levi et~al."),
        ("pt", "Levi e Roth", "Levi et al."),
        ("it", "Levi e Roth", "Levi et al."),
        ("nl", "Levi en Roth", "Levi e.a."),
        ("pl", "Levi i~Roth", "Levi et al."),
        ("uk", "Levi і Roth", "Levi та ін."),
        ("el", "Levi και Roth", "Levi κ.ά."),
        ("tr", "Levi ve Roth", "Levi vd."),
        ("ar", "Levi وRoth", "Levi وآخرون"),
        ("he", "Levi ו־Roth", "Levi ואחרים"),
    ],
)
def test_authors_in_a_sentence_are_joined_as_in_the_language(language: str, two: str, three: str) -> None:
    people = [{"family": name} for name in ("Levi", "Roth", "Meyer")]
    references = [{"id": f"by-{n}", "type": "book", "title": "Canal", "author": people[:n]} for n in (2, 3)]
    named = cite.names(tiny.article("@by-2 and @by-3.", references=references, front={"language": language}))
    assert (marked(named["by-2"]), marked(named["by-3"])) == (two, three)


@pytest.mark.parametrize(
    ("language", "sheets"),
    [
        # The forms for 1, 2, 5 and 22: CLDR, plural rules.
        ("pl", ("arkusz", "arkusze", "arkuszy", "arkusze")),
        ("uk", ("аркуш", "аркуші", "аркушів", "аркуші")),
        ("ar", ("ورقة واحدة", "ورقتان", "أوراق", "ورقة")),
        ("tr", ("sayfa", "sayfa", "sayfa", "sayfa")),
        ("fr", ("feuille,", "feuilles", "feuilles", "feuilles")),
        ("it", ("foglio", "fogli,", "fogli,", "fogli,")),
    ],
)
def test_a_count_takes_the_form_of_its_number(language: str, sheets: tuple[str, ...]) -> None:
    found, count = words.words(language, TEMPLATES).tiles_facts, calendar(language).count
    for number, form in zip((1, 2, 5, 22), sheets, strict=True):
        assert form in found.format(count(number), count(3), count(4))


@pytest.mark.parametrize(
    ("language", "of_a_day", "of_a_month", "undated"),
    [
        ("en-US", "“Minutes,” October 9, 2018.", "October~2018", "undated"),  # Chicago Manual of Style, 6.9
        ("de", "„Minutes“, 9.~Oktober~2018.", "Oktober~2018", "ohne Datum"),
        ("fr", "«~Minutes~», 9~octobre~2018.", "octobre 2018", "sans date"),
        ("es", "«Minutes», 9~de octubre de 2018.", "octubre de 2018", "sin fecha"),
        ("pt", "«Minutes», 9~de outubro de 2018.", "outubro de 2018", "sem data"),
        ("pt-BR", "“Minutes”, 9~de outubro de 2018.", "outubro de 2018", "sem data"),
        ("it", "«Minutes», 9~ottobre~2018.", "ottobre 2018", "senza data"),
        ("nl", "“Minutes”, 9~oktober~2018.", "oktober 2018", "zonder datum"),
        ("pl", "„Minutes”, 9~października~2018.", "październik 2018", "brak daty"),
        ("uk", "«Minutes», 9~жовтня~2018.", "жовтень 2018", "без дати"),
        ("el", "«Minutes», 9~Οκτωβρίου~2018.", "Οκτώβριος 2018", "χωρίς χρονολογία"),
        ("tr", "“Minutes”, 9~Ekim~2018.", "Ekim~2018", "tarihsiz"),
        ("ar-LB", "«Minutes»، ٩~تشرين الأول ٢٠١٨.", "تشرين الأول ٢٠١٨", "دون تاريخ"),
        ("ar", "«Minutes»، 9~أكتوبر~2018.", "أكتوبر 2018", "دون تاريخ"),
        ("he", "”Minutes”, 9~באוקטובר~2018.", "אוקטובר 2018", "ללא תאריך"),
    ],
)
def test_a_source_is_in_the_language(language: str, of_a_day: str, of_a_month: str, undated: str) -> None:
    """Its dates have the case and order of CLDR, its signs are those of the language."""
    given: tuple[dict[str, str], ...] = ({"issued": "2018-10-09"}, {"issued": "2018-10"}, {})
    references = [{"id": f"minutes-{n}", "type": "article", "title": "Minutes"} | one for n, one in enumerate(given)]
    text = " ".join(f"[@{one['id']}]" for one in references)
    article = tiny.article(text, references=references, front={"language": language})
    found = cite.sources(article, cite.numbers(article), TEMPLATES.file("sources.csl"))
    day, month, none = (marked(re.sub(r"<[^>]+>", "", source.text_html)) for source in found)
    assert day == of_a_day
    assert of_a_month in month
    assert undated in none


@pytest.mark.parametrize(
    ("language", "authors"),
    [("ar", "حداد ل وSmith J"), ("he", "حداد ل~ו־Smith J"), ("de", "حداد ل und Smith J"), ("el", "حداد ل και Smith J")],
)
def test_and_is_a_part_of_the_next_name_where_it_is_a_prefix(language: str, authors: str) -> None:
    """The term of CSL, joined as the W3C's ALREQ and the Academy of the Hebrew Language have it."""
    people = [{"family": "حداد", "given": "ليلى"}, {"family": "Smith", "given": "Jane"}]
    survey = {"id": "survey", "type": "report", "title": "Survey", "author": people}
    article = tiny.article("[@survey]", references=[survey], front={"language": language})
    (found,) = cite.sources(article, cite.numbers(article), TEMPLATES.file("sources.csl"))
    assert marked(re.sub(r"<[^>]+>", "", found.text_html)).startswith(authors)


HEADINGS = {
    "de": ("Hintergrund", "Kurz gefasst", "Kennzahlen"),
    "fr": ("Dossier", "En bref", "Chiffres clés"),
    "es": ("Informe", "En breve", "Cifras clave"),
    "pt": ("Dossiê", "Em resumo", "Números essenciais"),
    "pt-BR": ("Dossiê", "Em resumo", "Números principais"),
    "it": ("Dossier", "In breve", "Dati principali"),
    "nl": ("Achtergrond", "In het kort", "Kerncijfers"),
    "pl": ("Opracowanie", "W~skrócie", "Najważniejsze liczby"),
    "uk": ("Довідка", "Коротко", "Основні числа"),
    "el": ("Ενημερωτικός φάκελος", "Με λίγα λόγια", "Βασικοί αριθμοί"),
    "tr": ("Araştırma dosyası", "Kısaca", "Temel sayılar"),
    "ar": ("ملف بحثي", "بإيجاز", "أرقام رئيسية"),
    "he": ("תדריך", "בקצרה", "נתונים עיקריים"),
    "en-US": ("Research briefing", "In brief", "Key figures"),
}


@pytest.mark.parametrize("language", HEADINGS)
def test_headings_have_one_capital_where_the_language_has_capitals(language: str) -> None:
    found = words.words(language, TEMPLATES)
    assert tuple(map(marked, (found.briefing, found.in_brief, found.key_figures))) == HEADINGS[language]


@pytest.mark.parametrize(
    ("language", "passage", "headline", "untraced"),
    [
        # Names change their ends: PWN, Правопис 2019, Γραμματική Τριανταφυλλίδη; in Turkish after an apostrophe, TDK.
        ("pl", "W Warszawie radził Kowalski.", "Głos ma Warszawa i Nowak", ["Nowak"]),
        ("uk", "У Києві радив Шевченко.", "Говорить Київ та Франко", ["Франко"]),
        ("el", "Στην Αθήνα μίλησε ο Παπαδόπουλος.", "Μιλούν για Αθηνών και Πάτρα", ["Πάτρα"]),
        ("tr", "Ankara'da Yılmaz konuştu.", "Karar Ankara'nın ve Demir'in", ["Demir'in"]),
        ("de", "In Berlin sprach Frau Meyer.", "Die Rede von Frau Schulz", []),  # nouns have capitals too
        ("ar", "في بيروت", "كلمة في دمشق", []),
    ],
)
def test_names_are_compared_as_the_language_writes_them(
    language: str, passage: str, headline: str, untraced: list[str]
) -> None:
    event = {"date": "2018", "headline": headline, "summary": None, "passages": ["held"]}
    article = tiny.article(f"{passage} 2018 {{#held}}", front={"language": language}, events=[event])
    found = [one.message for one in tracing.untraced(tiny.files(article), Style()) if one.path.name == "timeline.yaml"]
    named = [re.findall("`(.*?)`", message.partition(" of ")[0]) for message in found if message.startswith("the name")]
    assert [name for names in named for name in names] == untraced


def test_what_is_not_compared_in_a_language_is_said_once() -> None:
    def said(language: str, prose: str = "It opened. {#held}") -> str:
        return tracing.unchecked(tiny.files(tiny.article(prose, front={"language": language})))

    rest = "are not compared with passages in this language"
    assert said("de") == f"`de`: names {rest}"
    for language in ("ar", "ar-LB", "he"):
        assert said(language) == f"`{language}`: names and negations {rest}"
    assert said("ka") == f"`ka`: names and months in words and numbers in words and negations {rest}"
    for language in ("pl", "uk", "el", "tr", "it", "nl", "pt"):
        assert said(language) == f"`{language}`: negations {rest}"
    assert [said(language) for language in ("en-GB", "fr", "es")] == [""] * 3
    assert said("de", "It opened.") == ""


@pytest.mark.parametrize("first", ["zh", "he", "ar", "ja"])
def test_the_months_of_one_language_do_not_reach_another(first: str) -> None:
    """Several articles, each in its language, are made in one process."""
    assert calendar_of_months(first)
    assert [calendar_of_months(language) for language in ("fr", "de", "tr")] == ["octobre", "Oktober", "Ekim"]
    assert calendar_of_months("ar-LB") == "تشرين الأول"
    assert Locale.parse("fr").months["stand-alone"]["abbreviated"][10] == "oct."
    assert Locale.parse("he").months["stand-alone"]["abbreviated"][10] == "אוק׳"


def calendar_of_months(language: str) -> str:
    locale = Locale.parse(language, sep="-")
    localedata._cache.clear()
    return str(locale.months["stand-alone"]["wide"][10])


def test_american_english_has_its_own_words() -> None:
    american, british = (words.words(language, TEMPLATES) for language in ("en-US", "en-GB"))
    assert (american.licence, american["season-4"]) == ("License", "fall {}")
    assert (british.licence, british["season-4"]) == ("Licence", "autumn {}")
    assert words.words("de-CH", TEMPLATES).large == "Grossdruck"


def test_a_date_on_a_line_of_its_own_starts_with_the_capital_of_its_language() -> None:
    assert customs.capital("ilkbahar 2018", "tr") == "İlkbahar 2018"
    assert customs.capital("ijsland", "nl") == "IJsland"
    assert customs.capital("i gennaio", "it") == "I gennaio"


def test_a_sentence_that_ends_in_an_abbreviation_has_one_stop() -> None:
    line = words.words("uk", TEMPLATES).evidence_part.format("28 лютого 2025 р.")
    assert customs.closed(line) == "Стан джерел на 28 лютого 2025 р."


@pytest.mark.parametrize("language", sorted({*SHIPPED, "de-AT", "pt-PT", "ar-LB", "es-MX"}))
def test_an_article_in_a_language_is_checked_or_refused_in_one_sentence(tmp_path: Path, language: str) -> None:
    head = f"---\ntitle: 2018\nlanguage: {language}\n---\n\nأ ב 2018 {{#held}}\n"
    events = "events: [{date: 2018, headline: '2018', passages: [held]}, {date: 2018, headline: x}]\n"
    folder = written(tmp_path / "drop", {"article.md": head, "timeline.yaml": events})
    found = [problem for problem in inspection.problems(folder, TEMPLATES)[1] if problem.code == "no-face"]
    arabic = language.startswith("ar")
    assert [problem.line for problem in found] == [3 if arabic else 6] * (len(found) > 0)
    if arabic and found:
        assert f"none of the faces has the letters of `{language}`" in found[0].message


def test_the_calendar_of_an_article_takes_the_year_alone_or_the_day() -> None:
    """In Italian, an article stands before a year and not before a month."""
    italian = calendar("it")
    plain = Calendar(italian.locale, {**italian.words, "since_year": "", "since_day": ""})
    assert plain.text(dates.parsed("2018/..")) == "da 2018"
    assert replace(italian).text(dates.parsed("2018/..")) == "dal 2018"
