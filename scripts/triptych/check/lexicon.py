"""The words of a language that say how a number is meant: bounds, fractions, negations, and little words.

English, German, French and Spanish have them; a text in another language is compared by its digits, number words,
units and currencies alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of one language say. A phrase is in small letters; `|` parts phrases."""

    bounds: Mapping[str, str] = field(default_factory=dict)
    """Phrases before a number by what they make of it: low, high, near, about, exact."""
    after: Mapping[str, str] = field(default_factory=dict)
    """The same after a number, or after the noun that it counts."""
    fractions: Mapping[str, int] = field(default_factory=dict)
    """Words for a part of a whole: in how many parts it is cut."""
    alone: frozenset[str] = frozenset()
    """Fractions that need no number before them."""
    articles: frozenset[str] = frozenset()
    """What may stand before a fraction or a dozen instead of one."""
    dozens: Mapping[str, int] = field(default_factory=dict)
    and_a_half: frozenset[str] = frozenset()
    """Phrases that add a half to the number before them."""
    halves: Mapping[str, str] = field(default_factory=dict)
    """Words that hold a number and a half, such as anderthalb."""
    none: frozenset[str] = frozenset()
    """Words that say of what follows that there was none."""
    single: frozenset[str] = frozenset()
    """Words that count one; empty in a language where they are articles."""
    scales: Mapping[str, int] = field(default_factory=dict)
    """Short forms of powers of ten that CLDR does not have."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Words for units that CLDR does not have, each with the units that it may mean."""
    ordinals: frozenset[str] = frozenset()
    """Ends of ordinal numbers in digits."""
    point_orders: bool = False
    """Whether a point after digits makes an ordinal."""
    links: frozenset[str] = frozenset()
    """What links two numbers of one unit: and, or, to."""
    to: frozenset[str] = frozenset()
    """What stands between the ends of a range, or the two sides of a vote."""
    against: frozenset[str] = frozenset()
    """Those of the two sides of a vote alone."""
    between: frozenset[str] = frozenset()
    start: frozenset[str] = frozenset()
    """What stands before the first number of a change: from 3 to 5."""
    of: frozenset[str] = frozenset()
    """What may stand between a number and what it counts."""
    where: frozenset[str] = frozenset()
    """What may stand between a number with a unit and where, or among whom, it holds."""
    stop: frozenset[str] = frozenset()
    """Little words that end what a number counts."""
    generic: frozenset[str] = frozenset()
    """Nouns that stand for others, as people for patients. Only where they are listed are nouns compared by name."""
    irregular: Mapping[str, str] = field(default_factory=dict)
    """Plurals that do not begin as their singulars do."""
    down: frozenset[str] = frozenset()
    """Words that say that something became less, and so stand for a minus."""
    up: frozenset[str] = frozenset()
    """Words that say that something became more: with them, from 3 to 5 is a change and no range."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _phrases(**phrases: str) -> Mapping[str, str]:
    return {phrase: kind for kind, given in phrases.items() for phrase in given.split("|")}


def _numbered(words: str) -> Mapping[str, int]:
    """`third 3 quarter 4` as a mapping."""
    parts = words.split()
    return {word: int(number) for word, number in zip(parts[::2], parts[1::2], strict=True)}


_DOLLARS = "USD CAD AUD NZD"
_POUND = "GBP mass-pound"

_ENGLISH = Lexicon(
    bounds=_phrases(
        low="at least|more than|over|above|no fewer than|no less than|not less than|a minimum of|minimum of|upwards of|"
        "in excess of|exceeding|exceeded|well over|just over|as few as|least",
        high="at most|up to|fewer than|less than|under|below|no more than|not more than|a maximum of|maximum of|"
        "as many as|as much as|just under|well under|most",
        near="almost|nearly|close to|approaching",
        about="about|around|roughly|approximately|some|an estimated|estimated|circa|ca|approx",
        exact="exactly|precisely|only|just",
    ),
    after=_phrases(
        low="or more|and more|or over|and over|or older|and older|at least|or above|and above",
        high="or fewer|or less|or under|at most|or younger|or below",
        about="or so|approximately",
    ),
    fractions=_numbered(
        "half 2 halves 2 third 3 thirds 3 quarter 4 quarters 4 fourth 4 fourths 4 fifth 5 fifths 5 sixth 6 sixths 6 "
        "seventh 7 sevenths 7 eighth 8 eighths 8 ninth 9 ninths 9 tenth 10 tenths 10 twentieth 20 twentieths 20"
    ),
    alone=_set("half"),
    articles=_set("a an one"),
    dozens={"dozen": 12},
    and_a_half=frozenset({"and a half"}),
    none=_set("no none zero"),
    single=_set("one single"),
    scales=_numbered(f"k {10**3} m {10**6} mn {10**6} mln {10**6} bn {10**9} b {10**9} tn {10**12} thousand {10**3}"),
    units={
        **dict.fromkeys(("per cent", "percent", "pct", "percentage"), "concentr-percent"),
        **dict.fromkeys(("per mille", "per mil", "per thousand"), "concentr-permille"),
        **dict.fromkeys(
            ("percentage point", "percentage points", "per cent points", "percent points", "pp"), "percentage-point"
        ),
        **dict.fromkeys(("point", "points"), "percentage-point point"),
        **dict.fromkeys(("dollar", "dollars"), _DOLLARS),
        **dict.fromkeys(("us dollar", "us dollars"), "USD"),
        **dict.fromkeys(("pound", "pounds"), _POUND),
        **dict.fromkeys(("penny", "pence"), "GBP-cent"),
        **dict.fromkeys(("cent", "cents"), "USD-cent EUR-cent"),
        **dict.fromkeys(("degree", "degrees"), "temperature-celsius temperature-fahrenheit angle-degree"),
        **dict.fromkeys(("kilo", "kilos"), "mass-kilogram"),
        **dict.fromkeys(("ton", "tons"), "mass-ton mass-tonne"),
        **dict.fromkeys(("hr", "hrs"), "duration-hour"),
        **dict.fromkeys(("foot", "feet"), "length-foot"),
        **dict.fromkeys(("fortnight", "fortnights"), "duration-fortnight"),
    },
    ordinals=_set("st nd rd th"),
    links=_set("and or to –"),
    to=_set("to against versus v – -"),
    against=_set("against versus v"),
    between=_set("between"),
    start=_set("from"),
    of=_set("of the a an these those his her its their our all other more new such"),
    where=_set("in among at"),
    stop=_set(
        "a an the and or but nor to of in on at by for from with without as than that which who whom whose when where "
        "while is are was were be been being has have had do does did will would can could may might must should not "
        "it he she they we i you his her its their our there this these those if so then into over under after before "
        "about against between during since until per each said says also only any whether how here "
        "why whatever everyone someone some every both just even still very"
    ),
    generic=_set(
        "person way option thing time case place item part kind sort type piece group member site event other "
        "individual unit entry example instance"
    ),
    irregular={
        "people": "person",
        "men": "man",
        "women": "woman",
        "children": "child",
        "feet": "foot",
        "wives": "wife",
        "lives": "life",
        "halves": "half",
    },
    down=_set(
        "fell fall falls falling dropped drop drops declined decline declines decreased decrease lost loss losses down "
        "reduced reduction cut minus below less fewer lower shrank sank"
    ),
    up=_set(
        "rose rise rises risen rising grew grow grown growth increased increase increases gained gain raised raise "
        "climbed jumped went moved changed change extended widened doubled up"
    ),
)

_GERMAN = Lexicon(
    bounds=_phrases(
        low="mindestens|wenigstens|mehr als|über|nicht weniger als|zumindest|gut|ab",
        high="höchstens|maximal|bis zu|weniger als|unter|nicht mehr als|knapp unter",
        near="fast|beinahe|nahezu|knapp",
        about="etwa|rund|ungefähr|circa|ca|zirka|gegen|schätzungsweise|an die",
        exact="genau|exakt|nur|lediglich",
    ),
    after=_phrases(low="oder mehr|und mehr|oder darüber", high="oder weniger|oder darunter"),
    fractions=_numbered(
        "hälfte 2 hälften 2 halb 2 halbe 2 halben 2 halbes 2 halber 2 drittel 3 dritteln 3 viertel 4 vierteln 4 "
        "fünftel 5 fünfteln 5 sechstel 6 siebtel 7 achtel 8 neuntel 9 zehntel 10 zwanzigstel 20"
    ),
    alone=_set("hälfte hälften drittel viertel fünftel sechstel siebtel achtel neuntel zehntel"),
    articles=_set("ein eine einem einen einer eines die der"),
    dozens={"dutzend": 12},
    halves={"anderthalb": "1.5", "eineinhalb": "1.5", "zweieinhalb": "2.5", "dreieinhalb": "3.5", "viereinhalb": "4.5"},
    none=_set("kein keine keiner keinem keinen keines null"),
    scales=_numbered(f"mio {10**6} mrd {10**9} tsd {10**3} tausend {10**3}"),
    units={
        "prozent": "concentr-percent",
        "promille": "concentr-permille",
        **dict.fromkeys(("prozentpunkt", "prozentpunkte", "prozentpunkten"), "percentage-point"),
        **dict.fromkeys(("punkt", "punkte", "punkten"), "percentage-point point"),
        "dollar": _DOLLARS,
        "pfund": _POUND,
        "grad": "temperature-celsius temperature-fahrenheit angle-degree",
        "kilo": "mass-kilogram",
        **dict.fromkeys(("metern", "meters"), "length-meter"),
        **dict.fromkeys(("kilometern",), "length-kilometer"),
        **dict.fromkeys(("tagen", "tage", "tag"), "duration-day"),
        **dict.fromkeys(("jahren", "jahre", "jahr"), "duration-year"),
        **dict.fromkeys(("monaten", "monate", "monat"), "duration-month"),
        "cent": "EUR-cent USD-cent",
    },
    point_orders=True,
    links=_set("und oder bis zu –"),
    to=_set("bis zu gegen – - :"),
    against=_set("gegen"),
    between=_set("zwischen"),
    start=_set("von"),
    of=_set("der die das des den dem von aller alle"),
    where=_set("in im bei"),
    stop=_set(
        "der die das des den dem ein eine einer eines einem einen und oder aber in im an am auf bei mit von vom zu zum "
        "zur für aus nach vor über unter durch gegen um als dass ist sind war waren wird werden wurde wurden hat haben "
        "hatte hatten nicht es er sie wir ihr sich auch nur bis seit dort so kam kamen ab"
    ),
    generic=_set(
        "mensch person leute besucher besucherin mal weise weg sache ding fall ort stelle stück teil art gruppe "
        "mitglied ereignis andere andern weitere einzelne beispiel einheit eintrag uhr jahrhundert"
    ),
    irregular={"menschen": "person", "leute": "person", "personen": "person"},
    down=_set("fiel fielen sank sanken weniger minus verlor verloren rückgang abnahme unter"),
    up=_set("stieg stiegen gestiegen wuchs wuchsen gewachsen zunahme anstieg erhöht erhöhte verlängert geändert"),
)

_FRENCH = Lexicon(
    bounds=_phrases(
        low="au moins|plus de|plus d|+ de|+ d|pas moins de|pas moins d|un minimum de|au minimum|dès|à partir de|"
        "à partir d|dès l âge de|à compter de",
        high="au plus|jusqu à|moins de|moins d|au maximum|pas plus de|pas plus d",
        near="presque|près de|près d",
        about="environ|quelque|autour de|à peu près|approximativement",
        exact="exactement|précisément|seulement",
    ),
    after=_phrases(low="ou plus|ou davantage|et plus|au moins", high="ou moins|au plus|au maximum", about="environ"),
    fractions=_numbered(
        "moitié 2 demi 2 demie 2 tiers 3 quart 4 quarts 4 cinquième 5 cinquièmes 5 sixième 6 sixièmes 6 septième 7 "
        "septièmes 7 huitième 8 huitièmes 8 neuvième 9 neuvièmes 9 dixième 10 dixièmes 10"
    ),
    alone=_set("moitié tiers"),
    articles=_set("un une la le"),
    dozens={"douzaine": 12, "douzaines": 12},
    and_a_half=frozenset({"et demi", "et demie"}),
    none=_set("aucun aucune nul nulle zéro"),
    scales=_numbered(
        f"m {10**6} md {10**9} mds {10**9} k {10**3} mille {10**3} million {10**6} milliard {10**9} billion {10**12}"
    ),
    units={
        **dict.fromkeys(("pour cent", "pourcent"), "concentr-percent"),
        "pour mille": "concentr-permille",
        **dict.fromkeys(("point de pourcentage", "points de pourcentage"), "percentage-point"),
        **dict.fromkeys(("point", "points"), "percentage-point point"),
        **dict.fromkeys(("dollar", "dollars"), _DOLLARS),
        **dict.fromkeys(("livre", "livres"), "GBP mass-pound book"),
        **dict.fromkeys(("degré", "degrés"), "temperature-celsius temperature-fahrenheit angle-degree"),
        **dict.fromkeys(("kilo", "kilos"), "mass-kilogram"),
        **dict.fromkeys(("centime", "centimes"), "EUR-cent"),
    },
    ordinals=_set("e er re ère ème eme nd nde es ers"),
    links=_set("et ou à –"),
    to=_set("à contre – -"),
    against=_set("contre"),
    between=_set("entre"),
    start=_set("de"),
    of=_set("de d du des les la le l ces ses leurs"),
    where=_set("dans chez en"),
    stop=_set(
        "le la les l un une des de d du et ou mais à au aux en dans sur sous par pour avec sans comme que qui dont où "
        "est sont était étaient a ont avait avaient sera seront été ne n pas il elle ils elles on se s ce c cette ces "
        "son sa ses leur leurs y plus sont contre entre depuis dès"
    ),
    generic=_set(
        "personne gens individu visiteur fois façon manière chose cas lieu endroit pièce partie sorte type groupe "
        "membre événement autre exemple unité entrée heure siècle élément voix"
    ),
    irregular={"chevaux": "cheval", "yeux": "œil"},
    down=_set("baissé baisse baissa diminué diminution reculé recul chuté chute moins perdu perte tombé"),
    up=_set("augmenté augmente augmentation monté hausse grimpé passé passe progressé gagné"),
)

_SPANISH = Lexicon(
    bounds=_phrases(
        low="al menos|por lo menos|más de|como mínimo|no menos de|un mínimo de",
        high="como máximo|a lo sumo|hasta|menos de|no más de|un máximo de",
        near="casi|cerca de",
        about="unos|unas|alrededor de|aproximadamente|en torno a",
        exact="exactamente|precisamente|solo|sólo",
    ),
    after=_phrases(low="o más", high="o menos", about="aproximadamente"),
    fractions=_numbered(
        "mitad 2 medio 2 media 2 tercio 3 tercios 3 cuarto 4 cuartos 4 quinto 5 quintos 5 sexto 6 sextos 6 séptimo 7 "
        "séptimos 7 octavo 8 octavos 8 décimo 10 décimos 10"
    ),
    alone=_set("mitad"),
    articles=_set("un una la el"),
    dozens={"docena": 12, "docenas": 12},
    and_a_half=frozenset({"y medio", "y media"}),
    none=_set("ningún ninguno ninguna cero"),
    scales=_numbered(f"m {10**6} mil {10**3} millón {10**6} billón {10**12}"),
    units={
        "por ciento": "concentr-percent",
        "por mil": "concentr-permille",
        **dict.fromkeys(("punto porcentual", "puntos porcentuales"), "percentage-point"),
        **dict.fromkeys(("punto", "puntos"), "percentage-point point"),
        **dict.fromkeys(("dólar", "dólares"), f"{_DOLLARS} MXN"),
        **dict.fromkeys(("libra", "libras"), _POUND),
        **dict.fromkeys(("grado", "grados"), "temperature-celsius temperature-fahrenheit angle-degree"),
        **dict.fromkeys(("kilo", "kilos"), "mass-kilogram"),
    },
    ordinals=_set("º ª er o a"),
    links=_set("y o a –"),
    to=_set("a contra – -"),
    against=_set("contra"),
    between=_set("entre"),
    start=_set("de"),
    of=_set("de del los las el la"),
    where=_set("en entre"),
    stop=_set(
        "el la los las un una unos unas de del y o pero a al en con sin por para como que quien cuyo donde es son era "
        "eran fue fueron ha han había habían no se lo le les su sus este esta estos estas más contra entre desde hasta"
    ),
    generic=_set(
        "persona gente individuo visitante vez veces manera forma cosa caso lugar sitio pieza parte tipo clase grupo "
        "miembro evento otro otra ejemplo unidad entrada hora siglo elemento voto"
    ),
    down=_set("bajó cayó descendió disminuyó perdió menos descenso caída"),
    up=_set("subió aumentó creció pasó aumento subida ganó"),
)
_LEXICONS = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
_NONE = Lexicon(to=_set("– -"), links=_set("–"))


def knows(language: str) -> bool:
    """Whether we know these words of a language."""
    return language.split("-")[0] in _LEXICONS


@cache
def of(language: str) -> Lexicon:
    """The words of a language; of one that we do not know, only signs."""
    return _LEXICONS.get(language.split("-")[0], _NONE)
