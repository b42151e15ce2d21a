"""The fixed words of CDC's Vaccine Information Statements, in the languages that were seen."""

import re
from collections.abc import Mapping

from handouts.strings import fold
from handouts.values import frozen

ROLES = ("why", "description", "before", "risks", "when_to_call", "", "resources")
"""The roles of a statement's seven sections, in their order; the second is named by the vaccine."""

VACCINE = 1
"""The place of the section that the vaccine names."""


@frozen
class Words:
    """What one language says.

    `headings` has, for each of the seven sections, its titles; `vaccine` is what the second
    section's title looks like; `title_ends` is how the statement's title ends; `closers` open the
    sentence behind the list of conditions; `ors` are words after which a list goes on.
    """

    banner: str = ""
    title_ends: str = ""
    headings: tuple[tuple[str, ...], ...]
    vaccine: str
    closers: tuple[str, ...]
    ors: tuple[str, ...]


_RUSSIAN_PROGRAM = (
    "Национальная программа компенсаций за ущерб здоровью, нанесенный в результате вакцинации"
)

WORDS: Mapping[str, Words] = {
    "en": Words(
        title_ends="What You Need to Know",
        headings=(
            ("Why get vaccinated?",),
            (),
            (
                "Talk with your health care provider",
                "Tell the person who is giving you the vaccine:",
                "Some people should not get this vaccine",
            ),
            ("Risks of a vaccine reaction",),
            (
                "What if there is a serious problem?",
                "What if there is a serious reaction?",
                "What if there is a moderate or severe reaction?",
            ),
            ("The National Vaccine Injury Compensation Program",),
            ("How can I learn more?",),
        ),
        vaccine=r"[A-Z0-9].{0,70} vaccines?(?: \([^()]*\))?",
        closers=("In some cases",),
        ors=("or", "and"),
    ),
    "es": Words(
        banner="Declaración de información de la vacuna",
        title_ends="Lo que necesita saber",
        headings=(
            ("¿Por qué es necesario vacunarse?", "¿Por qué vacunarse?"),
            (),
            (
                "Hable con su proveedor de atención médica",
                "Hable con su proveedor de cuidados de salud",
            ),
            ("Riesgos de una reacción a la vacuna",),
            ("¿Qué hago si ocurre algún problema grave?", "¿Qué pasa si hay un problema serio?"),
            (
                "Programa nacional de compensación por lesiones ocasionadas por vacunas",
                "Programa Nacional de Compensación por Lesiones Causadas por las Vacunas",
            ),
            ("¿Dónde puedo obtener más información?", "¿Cómo puedo obtener más información?"),
        ),
        vaccine=r"Vacunas? .{2,70}",
        closers=("En algunos casos",),
        ors=("o", "u", "y"),
    ),
    "ru": Words(
        banner="Информационный бюллетень о вакцине",
        title_ends="что Вам необходимо знать",
        headings=(
            ("Зачем проходить вакцинацию?",),
            (),
            ("Проконсультируйтесь с Вашим лечащим врачом",),
            ("Риски реакций на вакцину",),
            ("Что делать при возникновении серьезного нарушения здоровья?",),
            (_RUSSIAN_PROGRAM,),
            ("Как получить более подробную информацию?",),
        ),
        vaccine=r"Вакцин[аы] .{2,70}",
        closers=("В некоторых случаях",),
        ors=("или", "и"),
    ),
    "ar": Words(
        banner="بيان معلومات اللقاح",
        title_ends="ما تحتاج إلى معرفته",
        headings=(
            ("لماذا يجب الحصول على اللقاح؟",),
            (),
            ("تحدث مع مقدم الرعاية الصحية",),
            ("مخاطر الإصابة بردة فعل حساسية تجاه اللقاح",),
            ("ماذا إذا حدثت مشكلة جسيمة؟",),
            ("البرنامج القومي لتعويض إصابات اللقاحات",),
            ("كيف يمكنني معرفة المزيد؟",),
        ),
        vaccine=r"لقاح .{2,70}",
        closers=("في بعض الحالات",),
        ors=("أو", "و"),
    ),
    "zh-Hans": Words(
        title_ends="须知事宜",
        headings=(
            ("为何接种疫苗？",),
            (),
            ("请询问您的医务人员",),
            ("疫苗反应的风险",),
            ("如果出现严重问题怎么办？",),
            ("National Vaccine Injury Compensation Program（国家疫苗伤害赔偿计划）",),
            ("我如何获得更多的信息？",),
        ),
        vaccine=r".{1,40}疫苗",
        closers=("在某些情况下",),
        ors=("或", "和"),
    ),
}

LANGUAGES: Mapping[str, str] = {
    "amharic": "am",
    "arabic": "ar",
    "armenian": "hy",
    "bengali": "bn",
    "burmese": "my",
    "chinese": "zh-Hans",
    "chinese simplified": "zh-Hans",
    "chinese traditional": "zh-Hant",
    "dari": "prs",
    "english": "en",
    "farsi": "fa",
    "french": "fr",
    "german": "de",
    "haitian creole": "ht",
    "hindi": "hi",
    "hmong": "hmn",
    "italian": "it",
    "japanese": "ja",
    "karen": "kar",
    "khmer": "km",
    "korean": "ko",
    "nepali": "ne",
    "pashto": "ps",
    "polish": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "russian": "ru",
    "simplified chinese": "zh-Hans",
    "somali": "so",
    "spanish": "es",
    "swahili": "sw",
    "tagalog": "tl",
    "thai": "th",
    "tigrinya": "ti",
    "traditional chinese": "zh-Hant",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "vietnamese": "vi",
}
"""Languages as Immunize.org names its translations."""

NUMBER = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
"""The number that stands before a heading."""


def key(title: str) -> str:
    """Reduce a heading to what counts when headings are compared: no number, case, or accents."""
    return fold(NUMBER.sub("", title, count=1)).strip("？ ")


def heading_places(language: str) -> Mapping[str, int]:
    """Give the places of a language's headings among the seven sections, by their keys."""
    if language not in WORDS:
        return {}
    rows = enumerate(WORDS[language].headings)
    return {key(title): place for place, titles in rows for title in titles}
