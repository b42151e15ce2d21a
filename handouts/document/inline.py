"""Inline content: characters, and the marks that can stand round them."""

from handouts.values import frozen


@frozen(kw_only=False)
class Text:
    """Characters, drawn as they are."""

    text: str


@frozen(kw_only=False)
class Strong:
    """Important words: bold."""

    content: "Inlines"


@frozen(kw_only=False)
class Emphasis:
    """Words set apart, such as a book's title: italic in fine print, medium weight in text."""

    content: "Inlines"


@frozen(kw_only=False)
class Sub:
    """Lowered characters."""

    content: "Inlines"


@frozen(kw_only=False)
class Sup:
    """Raised characters."""

    content: "Inlines"


@frozen(kw_only=False)
class Link:
    """A link; `href` has one of the schemes https, http, tel, mailto."""

    href: str
    content: "Inlines"


@frozen(kw_only=False)
class Span:
    """Words in another language (BCP 47)."""

    language: str
    content: "Inlines"


Inline = Text | Strong | Emphasis | Sub | Sup | Link | Span
Inlines = tuple[Inline, ...]

LINK_SCHEMES = ("https:", "http:", "tel:", "mailto:")
