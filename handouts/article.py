"""The article: what a clinic wants to tell a patient, with where it came from and who may use it."""

import datetime
import re
from typing import Literal

from handouts.document import Blocks, Inlines, plain, texts
from handouts.values import field, frozen

ID = re.compile(r"[a-z0-9-]{1,80}")

RightsStatus = Literal["own", "public-domain", "licensed", "ogl", "cc-by", "unknown"]


@frozen
class Section:
    """A section under its original title.

    `role` is a name from the heading map of the article's language (`why`, `prepare`, `risks`, ...),
    or "" when the title has no special role.
    """

    title: str
    role: str = ""
    level: int = 2
    blocks: Blocks = ()


@frozen
class Code:
    """A clinical code, such as ICD-10-CM D46.9."""

    system: str
    code: str


@frozen
class Fact:
    """One cell of the at-a-glance strip: its label as the author wrote it, and a few words."""

    label: str
    words: str


@frozen
class Review:
    """The source's own review: its date, and who updated and reviewed it, whole."""

    date: datetime.date | None = None
    by: str = ""
    next_due: datetime.date | None = None


@frozen
class Approval:
    """The clinic's approval, which is separate from the source's review."""

    by: str = ""
    date: datetime.date | None = None
    next_review: datetime.date | None = None


@frozen
class Source:
    """Where the text comes from; `article` is the source's own number of it."""

    name: str = ""
    url: str = ""
    article: str = ""


@frozen
class Rights:
    """Who holds the text, what must be printed, and whether it may be edited.

    `notices` are printed whole, always.
    With `may_edit` false, nothing is merged, moved or turned into steps.
    """

    holder: str = ""
    status: RightsStatus = "unknown"
    notices: tuple[str, ...] = ()
    may_edit: bool = True


@frozen
class Article:
    """A patient article, of any source format.

    `id` matches `[a-z0-9-]{1,80}`; `language` is a BCP 47 tag; `kind` is an open name
    (`test`, `condition`, `symptom`, `procedure`, `instructions`, `medicine`, ...).
    `version` and `number` are "" when the author gave none.
    `blanks` names the places `{{name}}` in the text that must be filled before it is printed.
    """

    id: str
    kind: str
    title: str
    language: str
    summary: Blocks = ()
    sections: tuple[Section, ...] = ()
    alternative_names: tuple[str, ...] = ()
    references: tuple[Inlines, ...] = ()
    glance: tuple[Fact, ...] = ()
    review: Review = field(default_factory=Review)
    approval: Approval = field(default_factory=Approval)
    source: Source = field(default_factory=Source)
    rights: Rights = field(default_factory=Rights)
    codes: tuple[Code, ...] = ()
    version: str = ""
    number: str = ""
    qr_url: str = ""
    blanks: tuple[str, ...] = ()

    def body(self) -> tuple[tuple[str, str], ...]:
        """Give the text of every body block with the title of its section ("" for the summary)."""
        lead = [("", words) for words in texts(self.summary)]
        rest = [(part.title, words) for part in self.sections for words in texts(part.blocks)]
        return (*lead, *rest)

    def back_matter(self) -> tuple[tuple[str, str], ...]:
        """Give other names, references and notices, each with the name of its place."""
        return (
            *(("alternative names", name) for name in self.alternative_names),
            *(("references", plain(entry)) for entry in self.references),
            *(("notices", notice) for notice in self.rights.notices),
        )
