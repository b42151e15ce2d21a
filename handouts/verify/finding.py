"""What a check says is wrong."""

from handouts.values import frozen


@frozen
class Finding:
    """One thing that is wrong: which check says so, where, and what to do.

    `page` counts from 1 and is 0 for the file as a whole; x and y are points from the page's lower
    left corner, and are 0 where a page as a whole is meant.
    """

    check: str = ""
    page: int = 0
    x: float = 0.0
    y: float = 0.0
    what: str
    todo: str

    @property
    def where(self) -> str:
        """Its place in words."""
        if not self.page:
            return "file"
        spot = f", {self.x:.0f} pt from the left, {self.y:.0f} pt up" if self.x or self.y else ""
        return f"page {self.page}{spot}"
