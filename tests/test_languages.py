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
from triptych.content.model import Style


@cache
def calendar(language: str) -> Calendar:
    return Calendar(Locale.parse(language, sep="-"), words.words(language, TEMPLATES).by_name)


def marked(text: str) -> str:
    for sign, mark in (("&nbsp;", "~"), ("\u00a0", "~"), ("\u202f", "^"), ("\u2009", " "), ("\u2060", "")):
        text = text.replace(sign, mark)
    return text


EDTF = (
    *("2018-10-09", "2018-11-01", "2018-10", "201X", "-0043", "2018-21", "2018-33", "2018-11-01/2018-11-09"),
    *("2018-10/2019-05", "2012/2014", "1850~", "1850?", "../2018", "../2018-10-09", "2018/..", "2018-10-09/.."),
    *("2018-10/..", "[..2015]", "[..2018-10]", "[..2018-10-09]", "[2015..]", "[2012..2014]", "[2012,2014]"),
    *("2018-10-09T14:30Z", "XXXX-11-01"),
)
"""A date of each kind."""
DATES = {
    "en-US": """October 9, 2018 | November 1, 2018 | October 2018 | 2010s | 44 BC | spring 2018 | 1st quarter 2018
        | November 1 – 9, 2018 | October 2018 – May 2019 | 2012 to 2014 | about 1850 | possibly 1850 | until 2018
        | until October 9, 2018 | since 2018 | since October 9, 2018 | since October 2018 | before 2016
        | before November 2018 | by October 9, 2018 | 2015 or later | within 2012 to 2014 | 2012 or 2014
        | October 9, 2018, 14:30 UTC | November 1, year not known""",
    # The first of a month with º: Treccani, Vocabolario, primo.
    "it": """9 ottobre 2018 | 1º novembre 2018 | ottobre 2018 | anni 2010 | 44 a.C. | primavera 2018
        | 1º trimestre 2018 | 1º–9 novembre 2018 | ottobre 2018 – maggio 2019 | 2012–2014 | 1850, circa
        | 1850 (data incerta) | fino al 2018 | fino al giorno 9 ottobre 2018 | dal 2018 | dal giorno 9 ottobre 2018
        | da ottobre 2018 | prima del 2016 | prima di novembre 2018 | 9 ottobre 2018 o prima | 2015 o dopo
        | nel periodo 2012–2014 | 2012 o 2014 | 9 ottobre 2018, 14:30 UTC | 1º novembre, anno ignoto""",
    "nl": """9 oktober 2018 | 1 november 2018 | oktober 2018 | jaren 2010 | 44 v.Chr. | voorjaar 2018
        | 1e kwartaal 2018 | 1–9 november 2018 | oktober 2018 – mei 2019 | 2012 tot 2014 | ca. 1850
        | mogelijk 1850 | tot 2018 | tot 9 oktober 2018 | sinds 2018 | sinds 9 oktober 2018 | sinds oktober 2018
        | vóór 2016 | vóór november 2018 | 9 oktober 2018 of eerder | 2015 of later | in de periode 2012 tot 2014
        | 2012 of 2014 | 9 oktober 2018, 14:30 UTC | 1 november, jaar onbekend""",
    # No single letter ends a line: PN-83/P-55366.
    "pl": """9 października 2018 | 1 listopada 2018 | październik 2018 | dziesięciolecie od 2010~r. | 44 p.n.e.
        | wiosna 2018 | I~kwartał 2018 | 1–9 listopada 2018 | październik 2018–maj 2019 | 2012–2014
        | 1850 (przybl.) | 1850 (data niepewna) | do 2018~r. | do 9 października 2018~r. | od 2018~r.
        | od 9 października 2018~r. | początek: październik 2018 | przed 2016~r. | wcześniej niż listopad 2018
        | 9 października 2018 lub wcześniej | 2015 lub później | w~okresie 2012–2014 | 2012 lub 2014
        | 9 października 2018, 14:30 UTC | 1 listopada, rok nieznany""",
    "pt": """9 de outubro de 2018 | 1 de novembro de 2018 | outubro de 2018 | década de 2010 | 44 a.C.
        | primavera de 2018 | 1º trimestre de 2018 | 1 – 9 de novembro de 2018 | outubro de 2018 – maio de 2019
        | 2012 a 2014 | 1850, aprox. | 1850 (data incerta) | até 2018 | até 9 de outubro de 2018 | desde 2018
        | desde 9 de outubro de 2018 | desde outubro de 2018 | antes de 2016 | antes de novembro de 2018
        | 9 de outubro de 2018 ou antes | 2015 ou depois | no período 2012 a 2014 | 2012 ou 2014
        | 9 de outubro de 2018, 14:30 UTC | 1 de novembro, ano desconhecido""",
    "uk": """9 жовтня 2018^р. | 1 листопада 2018^р. | жовтень 2018^р. | 2010-ті роки | 44 до н. е. | весна 2018
        | 1-й квартал 2018^р. | 1–9 листопада 2018^р. | жовтень 2018 – травень 2019^рр. | 2012–2014
        | 1850, приблизно | 1850 (дата непевна) | по 2018 рік | до 9 жовтня 2018^р. | з 2018 року
        | від 9 жовтня 2018^р. | початок: жовтень 2018^р. | до 2016 року | раніше ніж листопад 2018^р.
        | 9 жовтня 2018^р. або раніше | 2015 або пізніше | у період 2012–2014 | 2012 або 2014
        | 9 жовтня 2018^р., 14:30 UTC | 1 листопада, рік невідомий""",
    "el": """9 Οκτωβρίου 2018 | 1 Νοεμβρίου 2018 | Οκτώβριος 2018 | δεκαετία του 2010 | 44 π.Χ. | άνοιξη 2018
        | 1ο τρίμηνο 2018 | 1–9 Νοεμβρίου 2018 | Οκτώβριος 2018 – Μάιος 2019 | 2012–2014 | 1850, περίπου
        | 1850 (αβέβαιη χρονολογία) | έως το 2018 | έως 9 Οκτωβρίου 2018 | από το 2018 | από 9 Οκτωβρίου 2018
        | έναρξη: Οκτώβριος 2018 | πριν από το 2016 | πριν από: Νοέμβριος 2018 | 9 Οκτωβρίου 2018 ή νωρίτερα
        | 2015 ή αργότερα | στην περίοδο 2012–2014 | 2012 ή 2014 | 9 Οκτωβρίου 2018, 14:30 UTC
        | 1 Νοεμβρίου, άγνωστο έτος""",
    "tr": """9 Ekim 2018 | 1 Kasım 2018 | Ekim 2018 | 2010 ile başlayan on yıl | MÖ 44 | 2018 ilkbaharı
        | 2018 1.~çeyrek | 1–9 Kasım 2018 | Ekim 2018 – Mayıs 2019 | 2012–2014 | 1850, yaklaşık
        | 1850 (tarih kesin değil) | 2018 yılına kadar | 9 Ekim 2018 tarihine kadar | 2018 yılından beri
        | 9 Ekim 2018 tarihinden beri | başlangıç: Ekim 2018 | 2016 öncesi | Kasım 2018 öncesi | 9 Ekim 2018 veya öncesi
        | 2015 veya sonrası | 2012–2014 arasında | 2012 veya 2014 | 9 Ekim 2018, 14:30 UTC | 1 Kasım, yıl bilinmiyor""",
    "ar": """9 أكتوبر 2018 | 1 نوفمبر 2018 | أكتوبر 2018 | عقد 2010 | 44 ق.م | ربيع 2018 | الربع الأول 2018
        | 1–9 نوفمبر 2018 | أكتوبر 2018 – مايو 2019 | 2012 إلى 2014 | 1850 تقريبًا | 1850 (تاريخ غير مؤكد) | حتى 2018
        | حتى 9 أكتوبر 2018 | منذ 2018 | منذ 9 أكتوبر 2018 | منذ أكتوبر 2018 | قبل 2016 | قبل نوفمبر 2018
        | 9 أكتوبر 2018 أو قبل ذلك | 2015 أو بعد ذلك | خلال الفترة 2012 إلى 2014 | 2012 أو 2014
        | 9 أكتوبر 2018، 14:30 UTC | 1 نوفمبر، السنة غير معروفة""",
    "ar-LB": """٩ تشرين الأول ٢٠١٨ | ١ تشرين الثاني ٢٠١٨ | تشرين الأول ٢٠١٨ | عقد ٢٠١٠ | ٤٤ ق.م | ربيع ٢٠١٨
        | الربع الأول ٢٠١٨ | ١–٩ تشرين الثاني ٢٠١٨ | تشرين الأول ٢٠١٨ – أيار ٢٠١٩ | ٢٠١٢ إلى ٢٠١٤ | ١٨٥٠ تقريبًا
        | ١٨٥٠ (تاريخ غير مؤكد) | حتى ٢٠١٨ | حتى ٩ تشرين الأول ٢٠١٨ | منذ ٢٠١٨ | منذ ٩ تشرين الأول ٢٠١٨
        | منذ تشرين الأول ٢٠١٨ | قبل ٢٠١٦ | قبل تشرين الثاني ٢٠١٨ | ٩ تشرين الأول ٢٠١٨ أو قبل ذلك | ٢٠١٥ أو بعد ذلك
        | خلال الفترة ٢٠١٢ إلى ٢٠١٤ | ٢٠١٢ أو ٢٠١٤ | ٩ تشرين الأول ٢٠١٨، ١٤:٣٠ UTC
        | ١ تشرين الثاني، السنة غير معروفة""",
    # Days with their prefix: CLDR he; Academy of the Hebrew Language.
    "he": """9 באוקטובר 2018 | 1 בנובמבר 2018 | אוקטובר 2018 | שנות ה־2010 | 44 לפנה״ס | אביב 2018 | רבעון 1 2018
        | 1–9 בנובמבר 2018 | אוקטובר 2018–מאי 2019 | 2012 עד 2014 | 1850 בקירוב | 1850 (לא ודאי) | עד 2018
        | עד 9 באוקטובר 2018 | מאז 2018 | מאז 9 באוקטובר 2018 | מאז אוקטובר 2018 | לפני 2016 | לפני נובמבר 2018
        | 9 באוקטובר 2018 או לפני כן | 2015 או אחרי כן | בין התאריכים 2012 עד 2014 | 2012 או 2014
        | 9 באוקטובר 2018, 14:30 UTC | 1 בנובמבר, השנה לא ידועה""",
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
    ("ar", "متى, وأين? نعم; 1,234", "متى، وأين؟ نعم؛ 1,234"),  # W3C ALREQ
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
        ("ar", "«Minutes», 9~أكتوبر~2018.", "أكتوبر 2018", "دون تاريخ"),
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

    assert said("de") == "`de`: names are not compared with passages in this language"
    assert (
        said("ka")
        == "`ka`: names and months in words and numbers in words are not compared with passages in this language"
    )
    assert [said(language) for language in ("en-GB", "pl", "uk", "el", "tr", "it", "nl", "pt")] == [""] * 8
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
