"""Templates: what an author can do, what the sandbox keeps from everybody, where mistakes are told."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from documents import callouts, heads, kinds, sections, walk
from leaflets import make, write_article, write_clinic

from handouts.document import Document, Paragraph, Text, paragraph, plain, texts
from handouts.errors import TemplateError
from handouts.fidelity import sentences
from handouts.make import Made
from handouts.template import TemplateSet

START = '<leaflet title="t" lang="en">\n'
END = '\n<footer title="t" about="a" page="p"/>\n</leaflet>\n'
BODY = """
It opens.

## Risks

You may bleed. It stops.

## Our own matter

- one thing
- another thing

## Why the Test Is Done

It finds anemia.
"""


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def fill(folder: Path, body: str, values: Mapping[str, object] | None = None) -> Document:
    """Fill a template whose second line is the first of the body."""
    (folder / "leaflet.xml").write_text(START + body + END, encoding="utf-8")
    return TemplateSet((folder,)).fill("leaflet.xml", values or {}, {})


def told(folder: Path, body: str, values: Mapping[str, object] | None = None) -> str:
    """Fill a template that is wrong; give what is told, the folder left out."""
    with pytest.raises(TemplateError) as caught:
        fill(folder, body, values)
    return str(caught.value).replace(f"{folder}/", "")


def said(document: Document) -> str:
    return " ".join(texts(document.blocks))


# ---- the sandbox --------------------------------------------------------------------------------


class Secret:
    """A value that knows more than it should tell."""

    title = "Rest"

    def __init__(self) -> None:
        self._hidden = "hidden"

    def method(self) -> str:
        return "called"


@pytest.mark.parametrize(
    "expression",
    [
        "value.__class__",
        "value.__init__.__globals__",
        "value.method.__func__",
        "value['__class__']",
        "value|attr('__class__')",
        "''.__class__.__mro__[1].__subclasses__()",
        "'{0.__class__}'.format(value)",
        "'{a.__class__}'.format_map({'a': value})",
        "value._hidden",
        "function.__globals__",
        "function.__code__",
        "self.__init__.__globals__",
        "range.__self__",
        "[].append.__self__.__class__",
        "cycler.__init__.__globals__",
        "lipsum.__globals__",
        "namespace.__init__.__globals__",
    ],
)
def test_nothing_leads_out_of_the_values(folder: Path, expression: str) -> None:
    values = {"value": Secret(), "function": lambda: None}
    message = told(folder, f"<p>\n{{{{ {expression} }}}}</p>", values)
    assert message.startswith("leaflet.xml:3: ")


@pytest.mark.parametrize(
    "statement",
    ["words.pop('a')", "words.update(a=1)", "words.clear()", "many.append(1)", "many.sort()"],
)
def test_a_template_changes_no_value(folder: Path, statement: str) -> None:
    values: dict[str, object] = {"words": {"a": "b"}, "many": [2, 1]}
    assert "leaflet.xml:2: " in told(folder, f"<p>{{{{ {statement} }}}}</p>", values)
    assert values == {"words": {"a": "b"}, "many": [2, 1]}


@pytest.mark.parametrize(
    ("endless", "message"),
    [
        ("{% for n in range(999999999999) %}{% endfor %}", "leaflet.xml:2: Range too big"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "leaflet.xml:2: maximum recursion"),
        ("{% include 'leaflet.xml' %}", "leaflet.xml:"),
    ],
)
def test_a_loop_without_end_is_stopped(folder: Path, endless: str, message: str) -> None:
    assert told(folder, endless).startswith(message)


@pytest.mark.parametrize("statement", ["include", "import", "extends"])
@pytest.mark.parametrize(
    "name", ["../secret.xml", "/etc/passwd", "sub/secret.xml", "..", "", "SECRET.xml", "secret.txt"]
)
def test_a_name_leads_to_no_other_folder(folder: Path, statement: str, name: str) -> None:
    (folder / "sub").mkdir()
    for path in (folder.parent / "secret.xml", folder / "sub" / "secret.xml"):
        path.write_text("<p>secret</p>")
    after = " as x" if statement == "import" else ""
    message = told(folder, f"<hr/>\n{{% {statement} '{name}'{after} %}}")
    assert message.startswith(f"leaflet.xml:3: {name!r} is no template's name")


def test_a_template_that_is_not_there_is_told_where_it_is_asked_for(folder: Path) -> None:
    message = told(folder, "<hr/>\n{% include 'none.xml' %}")
    assert message.startswith("leaflet.xml:3: there is no template 'none.xml'")
    with pytest.raises(TemplateError, match=r"there is no template leaflet\.xml\. It must be in"):
        TemplateSet((folder / "empty",)).choose(("leaflet.xml",))


@pytest.mark.parametrize("name", ["linked.xml", "leaflet.xml"])
def test_a_template_may_not_be_a_link(folder: Path, name: str) -> None:
    target = folder.parent / "secret.xml"
    target.write_text(START + "<p>secret</p>" + END)
    (folder / "leaflet.xml").write_text(START + "{% include 'linked.xml' %}" + END)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(target)
    with pytest.raises(TemplateError, match=f"{name}: a template may not be a link"):
        TemplateSet((folder,)).fill("leaflet.xml", {}, {})


def test_the_first_folder_that_has_a_template_wins(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("part", "rest"):
        (other / f"{name}.xml").write_text(f"<p>other {name}</p>")
    (folder / "part.xml").write_text("<p>own part</p>")
    (other / "leaflet.xml").write_text(
        START + "{% include 'part.xml' %}{% include 'rest.xml' %}" + END
    )
    both = TemplateSet((folder, other))
    assert said(both.fill("leaflet.xml", {}, {})) == "own part other rest"
    assert both.choose(("leaflet.test.xml", "leaflet.xml")) == "leaflet.xml"


# ---- text stays text ----------------------------------------------------------------------------


def test_values_are_escaped_everywhere(folder: Path) -> None:
    typed = "<b>\"'& {{ x }} {% y %}</b>"
    document = fill(folder, '<p class="{{ typed }}">{{ typed }}</p>', {"typed": typed})
    assert document.blocks == (Paragraph((Text(typed),), typed),)


def test_blocks_and_lines_are_written_through_their_filters(folder: Path) -> None:
    blocks = (paragraph("<a>"), paragraph("b"))
    document = fill(
        folder,
        "{{ blocks|markup }}<p>{{ line|inline }} {{ ours|rich }} {{ phone|unbroken }}</p>",
        {"blocks": blocks, "line": (Text("<c>"),), "ours": "**d** <e>", "phone": "1 2"},
    )
    assert document.blocks[:2] == blocks
    assert said(document) == "<a> b <c> d <e> 1\N{NO-BREAK SPACE}2"


@pytest.mark.parametrize(
    "expression", ["blocks", "nothing", "self", "value.method", "[blocks]", "value", "range"]
)
def test_what_is_no_text_is_not_printed(folder: Path, expression: str) -> None:
    values = {"blocks": (paragraph("a secret"),), "nothing": None, "value": Secret()}
    message = told(folder, f"<hr/>\n<p>{{{{ {expression} }}}}</p>", values)
    assert re.match(r"leaflet\.xml:3: this is an? \w+, no text", message)
    assert "secret" not in message


@pytest.mark.parametrize("use", ["'a secret'|markup", "value|markup", "3|markup", "3|inline"])
def test_what_is_no_part_of_a_document_is_not_written(folder: Path, use: str) -> None:
    message = told(folder, f"<hr/>\n<p>{{{{ {use} }}}}</p>", {"value": Secret()})
    assert message.startswith("leaflet.xml:3: ")
    assert "a secret" not in message


# ---- where mistakes are told --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<hr/>\n<p>{{ nonesuch }}</p>", "leaflet.xml:3: 'nonesuch' is undefined"),
        ("<hr/>\n<p>{{ value.titel }}</p>", "leaflet.xml:3: "),
        ("<hr/>\n<p>{{ words.nonesuch }}</p>", "leaflet.xml:3: 'dict object' has no attribute"),
        ("<hr/>\n{% if nonesuch.deep %}{% endif %}", "leaflet.xml:3: 'nonesuch' is undefined"),
        ("<hr/>\n<p>{{ 1 / 0 }}</p>", "leaflet.xml:3: division by zero"),
        ("<hr/>\n<p>{{ 1 + 'a' }}</p>", "leaflet.xml:3: unsupported operand"),
        ("<hr/>\n<p>{{ value.method(1, 2) }}</p>", "leaflet.xml:3: "),
        ("<hr/>\n<p>{{ [][3] }}</p>", "leaflet.xml:3: "),
        ("<hr/>\n\n{% for %}", "leaflet.xml:4: Expected an expression"),
        ("<hr/>\n{{ value|nonesuch }}", "leaflet.xml:3: No filter named 'nonesuch'"),
        ("<hr/>\n{% nonesuch %}", "leaflet.xml:3: Encountered unknown tag 'nonesuch'"),
        ("<hr/>\n{{ 'a }}", "leaflet.xml:3: "),
        ("<hr/>\n<div>x</div>", "leaflet.xml:3: <div> is no element"),
        ("<p>a</p>\n\n<p>b</p><p x='1'>c</p>", "leaflet.xml:4: <p> has no attribute x"),
        ("<hr/>\n<p>{{ 'a' }}<b>c</b></p>", "leaflet.xml:3: <b> cannot stand in a line"),
        ("<hr/>\n<ul>\n</ul>", "leaflet.xml:3: <ul> needs at least one <li>"),
        ("<hr/>\n<!DOCTYPE x>", "leaflet.xml:3: "),
        ("{% for n in range(30) %}<hr/>\n{% endfor %}<div/>", "leaflet.xml:3: <div> is no element"),
        ("{# a\ncomment #}\n<div/>", "leaflet.xml:4: <div> is no element"),
        ("<hr/>\n<p>{{ '<b>'|safe }}</p>", "leaflet.xml:3: the markup is not well formed"),
        ("<hr/>\n{% if 1 %}\nloose words{% endif %}", "leaflet.xml:4: text 'loose words' stands"),
        ("<hr/>\n<ul>\n<li>open", "leaflet.xml:4: the markup is not well formed"),
        ("<hr/>\n<p nope='{{ 'a' }}b{{ 'c' }}'>x</p>", "leaflet.xml:3: <p> has no attribute"),
    ],
)
def test_a_mistake_names_the_templates_line(folder: Path, body: str, message: str) -> None:
    assert told(folder, body, {"value": Secret(), "words": {}}).startswith(message)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("{% macro a() %}\n<hr/>\n<div/>\n{% endmacro %}", "part.xml:3: <div> is no element"),
        (
            "{% macro a() %}\n\n\n{{ nonesuch }}{% endmacro %}",
            "part.xml:4: 'nonesuch' is undefined",
        ),
        ("\n{% macro a() %}{{ x. }}{% endmacro %}", "part.xml:2: "),
        ("\n\n{% macro a() %}<p>{{ 1 / 0 }}</p>{% endmacro %}", "part.xml:3: division by zero"),
    ],
)
def test_a_mistake_in_another_file_names_that_file(folder: Path, part: str, message: str) -> None:
    (folder / "part.xml").write_text(part)
    body = "{% import 'part.xml' as part %}\n<hr/>\n\n{{ part.a() }}"
    assert told(folder, body).startswith(message)


def test_what_is_wrong_after_a_macro_is_told_in_its_own_file(folder: Path) -> None:
    (folder / "part.xml").write_text("\n\n\n\n\n{% macro a() %}<p>x</p>{% endmacro %}")
    body = "{% import 'part.xml' as part %}\n{{ part.a() }}\n<div/>"
    assert told(folder, body).startswith("leaflet.xml:4: <div> is no element")


def test_article_text_moves_no_line(folder: Path) -> None:
    body = "<p>{{ text }}</p>\n<div/>"
    assert told(folder, body, {"text": "a\n\n\nb <?at x:9?>"}).startswith("leaflet.xml:3: <div>")


@pytest.mark.parametrize("body", ["", "<p>no leaflet</p>"])
def test_an_output_that_is_no_leaflet_names_the_template(folder: Path, body: str) -> None:
    (folder / "leaflet.xml").write_text(body)
    with pytest.raises(TemplateError, match=re.escape(f"{folder}/leaflet.xml:1: ")):
        TemplateSet((folder,)).fill("leaflet.xml", {}, {})


@pytest.mark.parametrize("content", [b"\xff\xfe", b"<p>\n\xe9</p>"])
def test_a_template_that_is_no_utf8_is_told(folder: Path, content: bytes) -> None:
    (folder / "leaflet.xml").write_bytes(content)
    with pytest.raises(TemplateError, match=r"leaflet\.xml.*UTF"):
        TemplateSet((folder,)).fill("leaflet.xml", {}, {})


# ---- what an author can do ----------------------------------------------------------------------


def made(folder: Path, template: str, *, kind: str = "test", **files: str) -> Made:
    """Make a leaflet of the body above with an author's template."""
    wrapped = f"""{{% import "parts.xml" as parts with context %}}
<leaflet title="{{{{ article.title }}}}" lang="{{{{ article.language }}}}">
{{{{ parts.header() }}}}
<h1>{{{{ article.title }}}}</h1>
{{{{ lead(article.summary)|markup }}}}
{template}
<footer title="{{{{ article.title }}}}" about="{{{{ run.about }}}}" page="{{{{ words.furniture.page }}}}"/>
</leaflet>"""
    (folder / "leaflet.xml").write_text(wrapped, encoding="utf-8")
    (folder / f"leaflet.{kind}.xml").write_text('{% extends "leaflet.xml" %}', encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.xml").write_text(text, encoding="utf-8")
    clinic = write_clinic(folder, more='[fields]\nparking = "Park behind the <house>"')
    article = write_article(folder, BODY, kind=kind)
    return make(article, clinic, template=folder)


def dropped(made: Made) -> list[str]:
    return [sentence.text for sentence in made.leaflet.fidelity.dropped]


def test_an_author_reorders_sections(folder: Path) -> None:
    one = made(
        folder,
        '{% for role in ["why", "risks"] %}'
        "{{ parts.section(named[role], named[role].blocks) }}{% endfor %}"
        "{{ parts.section(article.sections[1], article.sections[1].blocks) }}",
    )
    assert [head for head, _ in sections(one.leaflet.document)] == [
        "Why do I need this test?",
        "What are the risks?",
        "Our own matter",
    ]
    assert dropped(one) == []


def test_an_author_loops_over_sections_without_a_role(folder: Path) -> None:
    one = made(
        folder,
        "{% for section in article.sections if not section.role %}"
        "{{ parts.section(section, section.blocks) }}{% endfor %}",
    )
    assert heads(one.leaflet.document) == ["Our own matter"]
    assert dropped(one) == ["You may bleed.", "It stops.", "It finds anemia."]


def test_an_author_merges_sections_under_one_head(folder: Path) -> None:
    one = made(
        folder,
        "<section><h2>All of it</h2>"
        "{% for section in article.sections %}<h3>{{ head(section) }}</h3>"
        "{{ section.blocks|markup }}{% endfor %}</section>",
    )
    ((head, blocks),) = sections(one.leaflet.document)
    assert head == "All of it"
    assert [type(block).__name__ for block in blocks].count("Heading") == 3
    assert dropped(one) == []


def test_an_author_puts_a_section_into_a_box(folder: Path) -> None:
    one = made(
        folder,
        '{% set risks = named["risks"] %}'
        '<aside class="emergency" icon="triangle-alert"><h2>{{ head(risks) }}</h2>'
        "{{ risks.blocks|markup }}</aside>"
        "{% for section in article.sections if section is not sameas risks %}"
        "{{ parts.section(section, section.blocks) }}{% endfor %}",
    )
    (box,) = callouts(one.leaflet.document, "emergency")
    assert plain(box.title) == "What are the risks?"
    assert list(texts(box.blocks)) == ["You may bleed. It stops."]
    assert dropped(one) == []


def test_an_author_uses_the_clinics_own_fields(folder: Path) -> None:
    one = made(folder, "<p>{{ clinic.fields.parking }}</p>")
    assert "Park behind the <house>" in said(one.leaflet.document)


def test_a_field_that_the_clinic_does_not_have_is_told(folder: Path) -> None:
    with pytest.raises(TemplateError, match=r"leaflet\.xml:6: 'dict object' has no .*'parkin'"):
        made(folder, "<p>{{ clinic.fields.parkin }}</p>")


def test_a_dropped_section_is_listed_and_so_is_a_doubled_one(folder: Path) -> None:
    section = "{{{{ parts.section(article.sections[{0}], article.sections[{0}].blocks) }}}}"
    one = made(folder, section.format(2) * 2 + section.format(1))
    fidelity = one.leaflet.fidelity
    assert [(part.where, part.text) for part in fidelity.dropped] == [
        ("Risks", "You may bleed."),
        ("Risks", "It stops."),
    ]
    assert [(part.where, part.text) for part in fidelity.doubled] == [
        ("Why the Test Is Done", "It finds anemia.")
    ]


def test_the_template_of_the_articles_kind_comes_first(folder: Path) -> None:
    (folder / "leaflet.symptom.xml").write_text(START + "<h1>t</h1><p>symptom</p>" + END)
    (folder / "leaflet.xml").write_text(START + "<h1>t</h1><p>any</p>" + END)
    one = write_article(folder, BODY, kind="symptom", name="one")
    two = write_article(folder, BODY, kind="procedure", name="two")
    assert said(make(one, template=folder).leaflet.document) == "t symptom"
    assert said(make(two, template=folder).leaflet.document) == "t any"


def test_an_authors_template_may_extend_a_built_in_one_under_another_name(folder: Path) -> None:
    (folder / "leaflet.test.xml").write_text(
        '{% extends "leaflet.xml" %}{% block sections %}{{ super() }}<p>Ours.</p>{% endblock %}'
    )
    document = make(write_article(folder, BODY, kind="test"), template=folder).leaflet.document
    assert "Ours." in said(document)
    assert [head for head, _ in sections(document)] == [
        "What are the risks?",
        "Our own matter",
        "Why do I need this test?",
    ]


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<p class='nonesuch'>x</p>", "there is no text role 'nonesuch'"),
        ("<p icon='nonesuch'>x</p>", "there is no icon 'nonesuch'"),
        ("<slot name='nonesuch'><p>x</p></slot>", "there is no slot 'nonesuch'"),
        ("<img src='/etc/passwd' alt='x'/>", "there is no picture '/etc/passwd'"),
        ("<img src='logo' alt='x'/>", "there is no picture 'logo'"),
    ],
)
def test_a_name_that_leads_to_nothing_is_the_templates_mistake(
    folder: Path, markup: str, message: str
) -> None:
    with pytest.raises(TemplateError, match=rf"leaflet\.xml:6: {re.escape(message)}"):
        made(folder, markup)


def test_a_character_that_a_template_writes_is_told_in_the_template(folder: Path) -> None:
    with pytest.raises(TemplateError, match=r"leaflet\.xml:6: U\+1F600 GRINNING FACE"):
        made(folder, "<p>😀</p>")


def test_a_template_may_not_leave_out_notices(folder: Path) -> None:
    front = '+++\ntitle = "Rest"\nlanguage = "en"\n[rights]\nstatus = "own"\nnotices = ["Sample."]\n+++\n'
    (folder / "rest.md").write_text(front + "\nSleep.\n")
    (folder / "leaflet.xml").write_text(START + "<h1>t</h1>{{ article.summary|markup }}" + END)
    with pytest.raises(TemplateError, match="notices"):
        make(folder / "rest.md", template=folder)


def test_every_template_that_comes_with_the_package_sets_every_kind_of_block(folder: Path) -> None:
    body = (
        "A lead.\n\n## Risks\n\nOne.\n\n- a\n- b\n\n1. c\n2. d\n\n- [ ] e\n\nTerm\n: said\n\n"
        "| f | g |\n|---|---|\n| h | i |\n\n### Sub\n\n> [!NOTE] Note\n> j\n\n"
        "> [!ACTION] Act\n> k\n\n> [!EMERGENCY] Call\n> l\n"
    )
    for kind in ("test", "condition"):
        article = write_article(folder, body, kind=kind)
        one = make(article)
        document = one.leaflet.document
        assert kinds(document.blocks) >= {
            *("Paragraph", "BulletList", "Steps", "Checklist", "Terms", "Table", "Heading"),
            *("Callout", "Section", "Slot"),
        }
        printed = [part for line in texts(document.blocks) for part in sentences(line)]
        assert [words for words in "abcdefghijkl" if words not in printed] == []
        assert sum(1 for _ in walk(document.blocks)) > 30
