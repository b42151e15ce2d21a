"""No-break spaces where a line's end would tear apart what belongs together.

That is: numbers and units, signs as in "≥ 5" and "3 × 4", phone numbers, "Call 911", "Page 1", dates.
Nothing but U+0020 is changed, to U+00A0.
"""

import re
from functools import cache, lru_cache

_NO_BREAK = "\u00a0"
_NUMBER_END = r"[\d½¼¾⅓⅔]"
_DIGIT = re.compile("[0-9]")
_BESIDE = re.compile(rf" (?:[(+]?{_NUMBER_END}|(?<={_NUMBER_END} ))")
_SIGN = "[≤≥<>±×~≈]"
_HAS_SIGN = re.compile(_SIGN)
_AT_SIGN = re.compile(rf"{_SIGN} (?={_NUMBER_END})|{_NUMBER_END} (?=×)")

_SYMBOLS = (
    "mg|mcg|µg|μg|ng|g|kg|lbs?|oz|mL|ml|dL|dl|L|cc|mm|cm|m|km|ft|fl oz|%|°[CF]?|mmHg|mm Hg|IU|UI"
    "|mEq|mmol|µmol|μmol|nmol|pmol|mIU|mU|U|kcal|cal|kJ|Gy|mGy|mSv|mV|Hz|bpm|min|h"
)
_PHONES = (
    r"(?:\+?\d{1,3} )?\(\d{2,4}\) \d{3,4}[ -]\d{4}",
    r"\+\d{1,3}(?: \d{2,4}){2,5}",
    r"\d{3} \d{3} \d{4}(?!\d)",
)

_UNITS = {
    "en": (
        "seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|tablets?|pills?|capsules?"
        "|teaspoons?|tablespoons?|drops?|cups?|ounces?|pounds?|inch(?:es)?|feet|units?|degrees"
        r"|percent|sec|hrs?|tsp|tbsp|am|pm|AM|PM|a\.m\.|p\.m\."
    ),
    "es": (
        "segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?|veces|tabletas?|pastillas?"
        "|píldoras?|cápsulas?|cucharad(?:it)?as?|gotas?|tazas?|onzas?|libras?|pulgadas?|pies"
        r"|unidades|grados|por ciento|a\. ?m\.|p\. ?m\."
    ),
}
_MONTHS = {
    "en": (
        "(?:January|February|March|April|May|June|July|August|September|October|November|December"
        r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
    ),
    "es": (
        "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre"
        "|noviembre|diciembre)"
    ),
}
_PHRASES = {
    "en": (
        rf"{_MONTHS['en']} \d{{1,2}}(?:, \d{{4}})?(?!\d)",
        rf"\d{{1,2}} {_MONTHS['en']}(?: \d{{4}})?(?!\w)",
        rf"{_MONTHS['en']} (?=\d{{4}}(?!\d))",
        r"(?:[Cc]all|CALL|[Dd]ial|[Tt]ext) (?=[(+]?\d)",
        r"(?:[Pp]age|[Ss]tep|[Tt]able|[Ff]igure|[Cc]hapter|[Oo]ption|[Ee]xt\.|No\.) (?=\d)",
    ),
    "es": (
        rf"\d{{1,2}} de {_MONTHS['es']}(?: del? \d{{4}})?(?!\w)",
        rf"{_MONTHS['es']} del? (?=\d{{4}}(?!\d))",
        r"(?:[Ll]lame|LLAME|[Ll]lamar|[Mm]arque|[Mm]arcar)(?: al?)? (?=[(+]?\d)",
        r"(?:[Pp]ágina|[Pp]aso|[Tt]abla|[Ff]igura|[Cc]apítulo|[Oo]pción|[Ee]xt\.) (?=\d)",
    ),
}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    units = "|".join([_SYMBOLS, *filter(None, [_UNITS.get(language)])])
    phrases = "|".join([*_PHRASES.get(language, ()), *_PHONES])
    return re.compile(rf"(?<!\w)(?:{phrases})|{_NUMBER_END} (?=(?:{units})(?!\w))")


@lru_cache(4_000)
def bind(text: str, language: str) -> str:
    """Put no-break spaces into a text, by the patterns of its language (BCP 47).

    A language without patterns of its own has those for phone numbers and for units with symbols.
    """
    if text.isascii() and not _DIGIT.search(text):  # so are most texts
        return text
    if not _BESIDE.search(text):
        return text  # every pattern has a space beside a number
    result = _pattern(language.partition("-")[0]).sub(_bound, text)
    return _AT_SIGN.sub(_bound, result) if _HAS_SIGN.search(result) else result


def _bound(match: re.Match[str]) -> str:
    return match[0].replace(" ", _NO_BREAK)
