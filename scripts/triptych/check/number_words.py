"""Numbers in words become digits: in every case and gender of a language, and from several words in a row."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache

_WORD = re.compile(r"[^\W\d_]+(?:[-’'ʼ][^\W\d_]+)*")
_FORMS = {
    "ar": """2 اثنان اثنين اثنتان اثنتين اثنا اثني 3 ثلاث ثلاثة 4 أربع أربعة 5 خمس خمسة 6 ست ستة 7 سبع سبعة 8
        ثمان ثماني ثمانية 9 تسع تسعة 10 عشر عشرة 20 عشرون عشرين 30 ثلاثون ثلاثين 40 أربعون أربعين 50 خمسون
        خمسين 60 ستون ستين 70 سبعون سبعين 80 ثمانون ثمانين 90 تسعون تسعين 100 مئة مائة""",
    "de": "2 zwei zweier zweien 3 drei dreier dreien",
    "el": """2 δύο δυο 3 τρεις τρία τριών 4 τέσσερις τέσσερα τεσσάρων 5 πέντε 6 έξι 7 επτά εφτά 8 οκτώ οχτώ 9
        εννέα εννιά 10 δέκα 11 έντεκα 12 δώδεκα 13 δεκατρείς δεκατρία δεκατριών 14 δεκατέσσερις δεκατέσσερα
        δεκατεσσάρων 15 δεκαπέντε 16 δεκαέξι δεκάξι 17 δεκαεπτά δεκαεφτά 18 δεκαοκτώ δεκαοχτώ 19 δεκαεννέα
        δεκαεννιά 20 είκοσι 30 τριάντα 40 σαράντα 50 πενήντα 60 εξήντα 70 εβδομήντα 80 ογδόντα 90 ενενήντα
        100 εκατό""",
    "he": """2 שניים שתיים שני שתי 3 שלוש שלושה 4 ארבע ארבעה 5 חמש חמישה 6 שש שישה 7 שבע שבעה 8 שמונה 9 תשע תשעה
        10 עשר עשרה 20 עשרים 30 שלושים 40 ארבעים 50 חמישים 60 שישים 70 שבעים 80 שמונים 90 תשעים 100 מאה""",
    "pl": """2 dwa dwie dwaj dwóch dwu dwom dwóm dwoma dwiema 3 trzy trzej trzech trzem trzema 4 cztery czterej
        czterech czterem czterema 5 pięć pięciu pięcioma 6 sześć sześciu sześcioma 7 siedem siedmiu
        siedmioma 8 osiem ośmiu ośmioma 9 dziewięć dziewięciu dziewięcioma 10 dziesięć dziesięciu
        dziesięcioma 11 jedenaście jedenastu 12 dwanaście dwunastu 13 trzynaście trzynastu 14 czternaście
        czternastu 15 piętnaście piętnastu 16 szesnaście szesnastu 17 siedemnaście siedemnastu 18
        osiemnaście osiemnastu 19 dziewiętnaście dziewiętnastu 20 dwadzieścia dwudziestu 30 trzydzieści
        trzydziestu 40 czterdzieści czterdziestu 50 pięćdziesiąt pięćdziesięciu 60 sześćdziesiąt
        sześćdziesięciu 70 siedemdziesiąt siedemdziesięciu 80 osiemdziesiąt osiemdziesięciu 90
        dziewięćdziesiąt dziewięćdziesięciu 100 sto stu""",
    "pt": "2 duas 100 cem",
    "tr": """2 iki ikisi 3 üç üçü 4 dört dördü 5 beş beşi 6 altı altısı 7 yedi yedisi 8 sekiz sekizi 9 dokuz
        dokuzu 10 on 20 yirmi yirmisi 30 otuz otuzu 40 kırk kırkı 50 elli ellisi 60 altmış altmışı 70 yetmiş
        yetmişi 80 seksen sekseni 90 doksan doksanı 100 yüz""",
    "uk": """2 два дві двох двом двома 3 три трьох трьом трьома 4 чотири чотирьох чотирьом чотирма 5 п'ять п'яти
        п'ятьох 6 шість шести шістьох 7 сім семи сімох 8 вісім восьми вісьмох 9 дев'ять дев'яти дев'ятьох 10
        десять десяти десятьох 11 одинадцять одинадцяти 12 дванадцять дванадцяти 13 тринадцять тринадцяти 14
        чотирнадцять чотирнадцяти 15 п'ятнадцять п'ятнадцяти 16 шістнадцять шістнадцяти 17 сімнадцять
        сімнадцяти 18 вісімнадцять вісімнадцяти 19 дев'ятнадцять дев'ятнадцяти 20 двадцять двадцяти 30
        тридцять тридцяти 40 сорок сорока 50 п'ятдесят п'ятдесяти 60 шістдесят шістдесяти 70 сімдесят
        сімдесяти 80 вісімдесят вісімдесяти 90 дев'яносто дев'яноста 100 сто ста""",
}
"""Forms of numbers that num2words does not give, in the order: number, its forms."""
_PREFIXES = {"he": re.compile("[ובלמשכה]{1,2}"), "ar": re.compile("(?:[وفبكل]{1,2}(?:ال)?|ال)")}
"""Little words that stand before a number without a space."""
_AND = {"e", "y", "et", "i", "και", "ve", "en"}
"""Words between tens and ones."""


def numbers(text: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Each number from 2 to 100 in words in a text, and where it starts and ends."""
    base = language.split("-")[0]
    found = list(_WORD.finditer(text))
    values = [_value(word.group(), base) for word in found]
    at = 0
    while at < len(found):
        length = 1
        for more in (2, 3):
            between = more == 2 or found[min(at + 1, len(found) - 1)].group().lower() in _AND
            if at + more <= len(found) and between and _are_one(values[at], values[at + more - 1]):
                length = more
        value = (values[at] or 0) + ((values[at + length - 1] or 0) if length > 1 else 0)
        if value:
            yield value, found[at].start(), found[at + length - 1].end()
        at += length


def _are_one(first: int | None, last: int | None) -> bool:
    """Whether two numbers are the tens and the ones of one number, in whatever order."""
    less, more = sorted((first or 0, last or 0))
    return 0 < less < 10 and 20 <= more < 100 and more % 10 == 0


def _value(word: str, language: str) -> int | None:
    known = _words(language)
    word = word.lower().replace("’", "'").replace("ʼ", "'")
    if word in known:
        return known[word]
    if (prefix := _PREFIXES.get(language)) and (found := prefix.match(word)):
        ends = range(found.end(), 0, -1)
        return next((known[word[end:]] for end in ends if word[end:] in known), None)
    return known.get(word.partition("'")[0])


@cache
def _words(language: str) -> Mapping[str, int]:
    """The numbers by their words; empty for a language whose words we do not know."""
    found: dict[str, int] = {}
    if word(2, language):
        found = {word(number, language): number for number in range(2, 101)}
    number = 0
    for part in _FORMS.get(language, "").split():
        number = int(part) if part.isdigit() else number
        if not part.isdigit():
            found[part] = number
    return found


def word(number: int, language: str) -> str:
    """A number in words; empty in a language whose words we do not know."""
    from num2words import num2words  # loads all its languages

    with suppress(NotImplementedError):
        return str(num2words(number, lang=language.split("-")[0]))
    return ""


@cache
def reads(number: int, language: str) -> bool:
    """Whether we read a number again where a language writes it in words: not all of more than one word."""
    return [one for one, _, _ in numbers(word(number, language), language)] == [number]


def known(language: str) -> bool:
    """Whether we know the words of a language for numbers."""
    return bool(_words(language.split("-")[0]))
