"""Modules that libraries import at their top, and one leaflet seldom needs: loaded on first use.

This is for a process with one thread that ends soon; a library that is imported by others has no
business to decide it.
"""

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType

SELDOM_USED = (
    "PIL.Image",  # by ReportLab, for pictures that are not ready for a PDF as they are
    "json",  # by Jinja2, for the filter `tojson`
    "mdurl",  # by markdown-it, for addresses of links
    "tempfile",  # by Jinja2 and ReportLab, for files that we do not let them write
    "traceback",  # by logging
)
"""Names of modules; `by` tells who imports them."""


def put_off() -> None:
    """Stand a place-holder for each of these modules that is not loaded yet."""
    for name in SELDOM_USED:
        if name not in sys.modules:
            _put_off(name)


def _put_off(name: str) -> None:
    spec = find_spec(name)
    if spec is None:  # a library does without it now
        return
    module = module_from_spec(spec)
    module.__class__ = _NotLoaded
    sys.modules[name] = module
    package, _, child = name.rpartition(".")
    if package:
        setattr(import_module(package), child, module)


class _NotLoaded(ModuleType):
    """A module that becomes itself when something of it is asked for."""

    __spec__: ModuleSpec

    def __getattr__(self, name: str) -> object:
        self.__class__ = ModuleType  # type: ignore[assignment]  # as it would be without us
        if self.__spec__.loader:
            self.__spec__.loader.exec_module(self)
        return getattr(self, name)
