"""What pikepdf's objects are: asked everywhere, since strangers' files hold anything anywhere."""

from typing import Any, TypeGuard

import pikepdf


def is_table(item: object) -> TypeGuard[Any]:
    """Whether this is a dictionary, or a stream, which has one."""
    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
