"""Templates: what an author can do, what the sandbox keeps from everybody, where mistakes are told."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from documents import callouts, heads, kinds, sections, walk
from leaflets import ROOT, articles, make, write_article, write_clinic

from handouts.document import (
    BulletList,
    Callout,
    Document,
    Heading,
    Paragraph,
    Text,
    paragraph,
    plain,
    texts,
)
from handouts.errors import TemplateError
from handouts.fidelity import sentences
from handouts.make import Made
from handouts.template import TemplateSet
from handouts.template.sandbox import sandbox
from handouts.theme import editions

START = '<leaflet title="t" lang="en"><h1>t</h1>\n'
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


# ---- what a template may cost --------------------------------------------------------------------

NAMESPACE = "{% set ns = namespace(x=%s) %}{% for n in range(60) %}{% set ns.x = %s %}{% endfor %}"
TWICE = "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}"
MANY = "{% set many = range(9999)|list %}{% for n in many %}{{ %s }}{% endfor %}"


def grown(start: str, step: str) -> str:
    """Make a template that lets a value grow in each round of a loop."""
    return NAMESPACE.replace("%s", start, 1).replace("%s", step, 1)


@pytest.mark.parametrize(
    "endless",
    [
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) if false %}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}<hr/>{% endfor %}{% endfor %}",
        "{% for a in [1, 2] recursive %}{{ loop(range(9999)) }}{% endfor %}",
        TWICE,
        MANY.replace("%s", "1.5 in many"),
        MANY.replace("%s", "1.5 is in many"),
        MANY.replace("%s", "many == many"),
        MANY.replace("%s", "range(9999)|sum"),
        MANY.replace("%s", "many|map('string')|map('upper')|list|length"),
        MANY.replace("%s", "many|batch(2)|sum(start=[])|length"),
        "{% for n in range(9999) %}{% include 'part.xml' %}{% endfor %}",
    ],
)
def test_steps_are_limited(folder: Path, endless: str) -> None:
    (folder / "part.xml").write_text("{% set x = n|string|upper %}")
    message = told(folder, f"<hr/>\n{endless}")
    assert re.match(
        r"(leaflet\.xml:3|part\.xml:1): (the template takes more than|this rep)", message
    )


@pytest.mark.parametrize(
    "large",
    [
        '{{ "x" * 10**9 }}',
        '{{ 1000000000 * "x" }}',
        '{{ "%1000000000d" % 1 }}',
        '{{ "%*d" % (1000000000, 1) }}',
        '{{ "%(a)1000000000d" % {"a": 1} }}',
        '{{ "%.1000000000f"|format(1.5) }}',
        '{{ "{:1000000000}".format(1) }}',
        '{{ "{:{}}".format(1, 1000000000) }}',
        '{{ "{:{w}}".format(1, w=1000000000) }}',
        '{{ "{a:1000000000}".format_map({"a": 1}) }}',
        '{{ ("%s" * 9999) % (("x" * 9999,) * 9999) }}',
        '{{ ("{0}" * 9999).format("x" * 9999) }}',
        '{{ ("x" * 99999).replace("", "y" * 99999) }}',
        '{{ ("x" * 99999)|replace("x", "y" * 99999) }}',
        '{{ ("x" * 99999).join(["a"] * 9999) }}',
        '{{ (["a"] * 9999)|join("x" * 99999) }}',
        '{{ ([{"a": "x" * 99999}] * 999)|join(attribute="a") }}',
        grown('"xx"', "ns.x + ns.x"),
        grown('"xx"', "ns.x ~ ns.x"),
        grown('"xx"', "ns.x").replace(" = ns.x %}", " %}{{ ns.x }}{{ ns.x }}{% endset %}"),
        "{% set x %}{% for n in range(9999) %}" + "words " * 999 + "{% endfor %}{% endset %}",
        "{% for n in range(9999) %}{% include 'part.xml' %}{% endfor %}",
    ],
)
def test_text_is_limited(folder: Path, large: str) -> None:
    (folder / "part.xml").write_text("words " * 999)
    message = told(folder, f"<hr/>\n{large}")
    assert re.match(r"(leaflet\.xml:3|part\.xml:1): .* more than [13],000,000 characters", message)


@pytest.mark.parametrize(
    ("large", "message"),
    [
        ("{{ 10**(10**7) }}", "a number that is too large"),
        ("{{ (10**9)**(10**9) }}", "a number that is too large"),
        (grown("3", "ns.x * ns.x"), "a number that is too large"),
        ("{{ " + "9" * 5000 + " }}", "a number that is too large"),
        ('{{ ["a"] * 10**9 }}', "a list of more than 10,000 things"),
        ('{{ 10**9 * ("a",) }}', "a list of more than 10,000 things"),
        (grown("[1]", "[ns.x, ns.x]"), "a list of more than 10,000 things"),
        (grown("(1,)", "(ns.x, ns.x)"), "a list of more than 10,000 things"),
        ("{{ {}.fromkeys(range(9), range(9999)|list) }}", "a list of more than 10,000 things"),
        ("{{ ('x' * 99999)|list }}", "a list of more than 10,000 things"),
        ("{{ range(10**9) }}", "range counts to 10,000 at most"),
        ("{{ range(10**99) }}", "range counts to 10,000 at most"),
        ("{{ 5|round(-1000000000) }}", "a width or count of more than 10,000"),
        ("{{ [1]|batch(10**9, 'x')|list }}", "a width or count of more than 10,000"),
        ("{{ 'x'|center(1000000000) }}", "No filter named 'center'"),
        ("{{ 'x'|indent(1000000000) }}", "No filter named 'indent'"),
        ("{{ 'x'.center(1000000000) }}", "a template may not use 'center' of a text"),
        ("{{ 'x'.zfill(1000000000) }}", "a template may not use 'zfill' of a text"),
        ("{{ 5 .to_bytes(1000000000) }}", "a template may not use 'to_bytes' of a number"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "brackets or statements stand too deep"),
        ("{{ 1" + " + 1" * 300 + " }}", "brackets or statements stand too deep"),
        ("{% if 1 %}" * 99 + "{% endif %}" * 99, "brackets or statements stand too deep"),
        ("{% for n in [1] %}" * 25 + "{% endfor %}" * 25, "more than 10 loops stand in each other"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "this repeats itself without end"),
        ("{% block a %}{{ self.a() }}{% endblock %}", "this repeats itself without end"),
        ("{% include 'leaflet.xml' %}", "this repeats itself without end"),
    ],
)
def test_what_would_be_too_large_is_told(folder: Path, large: str, message: str) -> None:
    assert told(folder, f"<hr/>\n{large}").startswith(f"leaflet.xml:3: {message}")


@pytest.mark.parametrize("edition", [one.name for one in editions()])
def test_our_own_templates_write_the_same_whether_they_are_counted_or_not(
    edition: str, folder: Path
) -> None:
    for article, language in articles():
        own = make(article, edition=edition, language=language)
        counted = make(article, edition=edition, language=language, template=folder)
        assert own.leaflet.document == counted.leaflet.document
        assert own.leaflet.fidelity == counted.leaflet.fidelity
        assert own.rendering.sha256 == counted.rendering.sha256


def test_beside_an_authors_templates_ours_are_counted_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.template.cost.STEPS", 2000)
    sandbox.cache_clear()  # so that both are compiled, and kept in one folder
    article = write_article(folder, BODY)
    make(article)
    with pytest.raises(
        TemplateError, match=r"(parts|leaflet)\.xml:\d+: the template takes more than"
    ):
        make(article, template=folder)


def test_what_our_own_templates_write_is_limited_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.template.cost.CHARACTERS", 2000)
    article = write_article(folder, BODY + "It **takes** long. " * 200)
    with pytest.raises(TemplateError, match="the template makes more than"):
        make(article)


def test_loops_know_their_rounds_although_they_are_counted(folder: Path) -> None:
    body = (
        "<p>{% for n in [3, 4, 5] if n > 3 %}{{ loop.index }}/{{ loop.length }}"
        "{% if not loop.last %}, {% endif %}{% else %}none{% endfor %}"
        "{% for n in [] %}{{ n }}{% else %}. {{ 'a' ~ '<' ~ 1 }}{% endfor %}</p>"
    )
    assert said(fill(folder, body)) == "t 1/2, 2/2. a<1"


# ---- where templates come from -------------------------------------------------------------------


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
    assert said(both.fill("leaflet.xml", {}, {})) == "t own part other rest"
    assert both.choose(("leaflet.test.xml", "leaflet.xml")) == "leaflet.xml"


# ---- text stays text ----------------------------------------------------------------------------


def test_values_are_escaped_everywhere(folder: Path) -> None:
    typed = "<b>\"'& {{ x }} {% y %}</b>"
    document = fill(folder, '<p class="{{ typed }}">{{ typed }}</p>', {"typed": typed})
    assert document.blocks[1:] == (Paragraph((Text(typed),), typed),)


def test_blocks_and_lines_are_written_through_their_filters(folder: Path) -> None:
    blocks = (paragraph("<a>"), paragraph("b"))
    document = fill(
        folder,
        "{{ blocks|markup }}<p>{{ line|inline }} {{ ours|rich }} {{ phone|unbroken }}</p>",
        {"blocks": blocks, "line": (Text("<c>"),), "ours": "**d** <e>", "phone": "1 2"},
    )
    assert document.blocks[1:3] == blocks
    assert said(document) == "t <a> b <c> d <e> 1\N{NO-BREAK SPACE}2"


@pytest.mark.parametrize(
    "expression", ["blocks", "nothing", "self", "value.method", "[blocks]", "value", "range"]
)
def test_what_is_no_text_is_not_printed(folder: Path, expression: str) -> None:
    values = {"blocks": (paragraph("hush"),), "nothing": None, "value": Secret()}
    message = told(folder, f"<hr/>\n<p>{{{{ {expression} }}}}</p>", values)
    assert re.match(r"leaflet\.xml:3: this is an? [\w ]+, no text", message)
    assert "hush" not in message


@pytest.mark.parametrize("use", ["'hush'|markup", "value|markup", "3|markup", "3|inline"])
def test_what_is_no_part_of_a_document_is_not_written(folder: Path, use: str) -> None:
    message = told(folder, f"<hr/>\n<p>{{{{ {use} }}}}</p>", {"value": Secret()})
    assert message.startswith("leaflet.xml:3: ")
    assert "hush" not in message


# ---- where mistakes are told --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<hr/>\n<p>{{ nonesuch }}</p>", "leaflet.xml:3: 'nonesuch' is undefined"),
        ("<hr/>\n<p>{{ value.titel }}</p>", "leaflet.xml:3: "),
        ("<hr/>\n<p>{{ words.nonesuch }}</p>", "leaflet.xml:3: there is no 'nonesuch' here"),
        ("<hr/>\n{% if nonesuch.deep %}{% endif %}", "leaflet.xml:3: 'nonesuch' is undefined"),
        ("<hr/>\n<p>{{ 1 / 0 }}</p>", "leaflet.xml:3: division by zero"),
        ("<hr/>\n<p>{{ 1 + 'a' }}</p>", "leaflet.xml:3: + does not go with a number and a text"),
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
    ("body", "message"),
    [
        ("{% filter upper %}\n<p>a</p>\n{% endfilter %}", "leaflet.xml:3: <P> is no element"),
        (
            "<p>a</p>\n{% filter replace('<p', '<q') %}\n\n<p>a</p>{% endfilter %}",
            "leaflet.xml:5: the markup is not well formed",
        ),
        ("<p>a</p>\n{% filter forceescape %}\n<p>a</p>{% endfilter %}", "leaflet.xml:3: text '<p>"),
        ("<p>a</p>\n\n{{ '<q/>'|safe }}", "leaflet.xml:4: <q> is no element"),
        ("<p>a</p>\n\n{{ 'loose' }}", "leaflet.xml:4: text 'loose' stands directly"),
        ("<p>a</p>\n\nloose\n<p>b</p>", "leaflet.xml:4: text 'loose' stands directly"),
        ("<section><p>a</p>\n<p>b</p>\nloose</section>", "leaflet.xml:4: text 'loose'"),
        (
            "{% set x %}\n<q/>{% endset %}<p>a</p>\n{{ x|upper }}",
            "leaflet.xml:3: <Q> is no element",
        ),
        ("<p>a</p>\n</section>\n<p>b</p>", "leaflet.xml:3: the markup is not well formed"),
        ("<p>a</p>\n<section>\n<p>b</p>\n</secton>", "leaflet.xml:5: the markup is not well"),
        ("<section>\n<p>b\n</section>", "leaflet.xml:3: the markup is not well formed"),
        ("<p>a\nb\nTom & Jerry</p>", "leaflet.xml:4: the markup is not well formed"),
        ("<p>a\nb\n&nbsp;</p>", "leaflet.xml:4: the markup is not well formed"),
        ("<p>a</p>\n<p class='{{ 'a' ~ 1 }}'>b\n1 < 2</p>", "leaflet.xml:4: the markup is not"),
        (
            "{% macro c() %}fine{% endmacro %}\n<p class='{{ c() }}' x='1'>a</p>",
            "leaflet.xml:3: <p> has no attribute x",
        ),
    ],
)
def test_a_mistake_in_markup_is_told_where_it_stands(folder: Path, body: str, message: str) -> None:
    assert told(folder, body).startswith(message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p>a</p>\n<h3>b</h3>", "leaflet.xml:3: <h3> comes after <h1>, so that a level"),
        ("<h2>a</h2>\n<h4>b</h4>", "leaflet.xml:3: <h4> is no element"),
        ("<aside class='note'>\n<h3>b</h3></aside>", "leaflet.xml:3: <h3> comes after <h1>"),
        (
            "<notes>\n<h3>a</h3></notes>\n<h2>b</h2><h1>c</h1>",
            "leaflet.xml:3: <h3> comes after <h1>",
        ),
    ],
)
def test_a_level_of_heads_that_is_left_out_is_told(folder: Path, body: str, message: str) -> None:
    assert told(folder, body).startswith(message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p>a</p>", "leaflet.xml:1: the leaflet has no title. Write <h1> first"),
        ("<h2>a</h2>\n<h1>b</h1>", "leaflet.xml:2: <h2> stands above the title"),
        ("{{ blocks|markup }}<h1>b</h1>", "leaflet.xml:2: <h3> stands above the title"),
    ],
)
def test_a_leaflet_begins_with_its_title(folder: Path, body: str, message: str) -> None:
    text = START.replace("<h1>t</h1>", "") + body + END
    (folder / "leaflet.xml").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        TemplateSet((folder,)).fill("leaflet.xml", {"blocks": (Heading(3, (Text("c"),)),)}, {})
    assert str(caught.value).replace(f"{folder}/", "").startswith(message)


def test_heads_of_an_article_leave_out_no_level(folder: Path) -> None:
    head = Heading(3, (Text("a"),))
    box = Callout("note", (Text("b"),), (paragraph("c"),))
    blocks = (head, box, BulletList(((paragraph("d"), box),)), head)
    body = "{{ blocks|markup }}<h2>e</h2>{{ blocks|markup }}"
    levels = [
        block.level
        for block in walk(fill(folder, body, {"blocks": blocks}).blocks)
        if isinstance(block, Heading | Callout)
    ]
    assert levels == [1, 2, 2, 2, 2, 2, 3, 3, 3, 3]


@pytest.mark.parametrize("kind", ["test", "condition"])
def test_no_article_causes_an_error_of_heads(folder: Path, kind: str) -> None:
    inside = "### Sub\n\nWords.\n\n- item\n\n  > [!NOTE] Note\n  > noted\n\n"
    article = write_article(folder, f"{inside}## Risks\n\n{inside}", kind=kind)
    assert "Sub" in said(make(article).leaflet.document)
    (folder / "leaflet.xml").write_text(
        START + "{{ article.summary|markup }}{% for section in article.sections %}"
        "{{ section.blocks|markup }}{% endfor %}" + END
    )
    (folder / "leaflet.test.xml").write_text('{% extends "leaflet.xml" %}')
    assert "Sub" in said(make(article, template=folder).leaflet.document)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "{% import 'part.xml' as part %}\n{{ part.secton() }}",
            "part.xml has no 'secton'; perhaps 'section'",
        ),
        ("\n{{ value.titel }}", "this secret has no 'titel'; perhaps 'title'"),
        ("\n{{ words.parkin }}", "there is no 'parkin' here; perhaps 'parking'"),
        ("\n{{ 1 + 'a' }}", "+ does not go with a number and a text"),
        ("\n{{ 'a' + 1 }}", "+ does not go with a text and a number; ~ joins texts"),
        ("\n{{ [] < 1 }}", "< does not go with a list and a number"),
        ("\n{% for a in 5 %}{% endfor %}", "a number cannot be looped over"),
        ("\n{% for a in none %}{% endfor %}", "an empty value cannot be looped over"),
        ("\n{% set a, b = 5 %}", "a number cannot be looped over"),
        ("\n{{ value() }}", "a secret cannot be called"),
        ("\n{{ function(1, 2) }}", "this function takes"),
        ("\n{{ range('a') }}", "a text is no whole number"),
        ("\n{{ value.method(1, 2) }}", "this function takes"),
        ("\n{{ value.__class__ }}", "a template may not use '__class__' of a secret"),
        ("\n{{ [1]|first|join|attr('x')|upper }}", "a number cannot be looped over"),
        ("\n{{ [1].index(2) }}", "2 is not in list"),
    ],
)
def test_messages_speak_the_authors_language(folder: Path, body: str, message: str) -> None:
    (folder / "part.xml").write_text("{% macro section() %}{% endmacro %}")
    values = {"value": Secret(), "words": {"parking": "a"}, "function": lambda: None}
    assert told(folder, body, values).startswith(f"leaflet.xml:3: {message}")


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"leaflet": "<p>{{ article.rights.notices|first }}</p>"}, "leaflet.xml:2"),
        ({"leaflet": "{% include 'fine.xml' %}", "fine": "\n{# rights.notices #}"}, "fine.xml:2"),
        ({"leaflet": "<p>a</p>"}, "leaflet.xml"),
    ],
)
def test_left_out_notices_are_told_where_notices_are_written(
    folder: Path, files: Mapping[str, str], place: str
) -> None:
    front = '+++\ntitle = "Rest"\nlanguage = "en"\n[rights]\nnotices = ["First.", "Second."]\n+++\n'
    (folder / "rest.md").write_text(front + "\nSleep.\n")
    for name, body in files.items():
        whole = START + body + END if name == "leaflet" else body
        (folder / f"{name}.xml").write_text(whole)
    (folder / "unused.xml").write_text("{{ article.rights.notices }}")
    with pytest.raises(
        TemplateError, match=rf"{re.escape(place)}: the template leaves out a notice"
    ):
        make(folder / "rest.md", template=folder)


def test_notices_that_an_authors_part_leaves_out_are_told_in_that_part(folder: Path) -> None:
    built_in = (ROOT / "templates" / "parts.xml").read_text("utf-8")
    (folder / "parts.xml").write_text(built_in.replace("rights.notices", "codes"))
    front = '+++\ntitle = "Rest"\nlanguage = "en"\n[rights]\nnotices = ["First."]\n+++\n'
    (folder / "rest.md").write_text(front + "\nSleep.\n")
    with pytest.raises(TemplateError, match=r"own/parts\.xml: the template leaves out a notice"):
        make(folder / "rest.md", template=folder)


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
    with pytest.raises(
        TemplateError, match=r"leaflet\.xml:6: there is no 'parkin' here; perhaps 'parking'"
    ):
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
    (folder / "leaflet.symptom.xml").write_text(START + "<p>symptom</p>" + END)
    (folder / "leaflet.xml").write_text(START + "<p>any</p>" + END)
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
    (folder / "leaflet.xml").write_text(START + "{{ article.summary|markup }}" + END)
    with pytest.raises(
        TemplateError, match=r"own/leaflet\.xml: .* leaves out a notice .* “Sample\.”"
    ):
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
