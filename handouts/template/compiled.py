"""A cache of compiled templates, so that the next run need not compile them again.

It holds templates only, never what fills them, in the user's own cache folder
(`$XDG_CACHE_HOME` or `~/.cache`, then `handouts`); without such a folder nothing is kept.
An entry is named by the digest of the template's text, so it cannot be stale.
"""

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from handouts import __version__


class CompiledTemplates(BytecodeCache):
    """Jinja2's bytecode cache in a folder that only its owner may read."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket from its file; one that is damaged or not ours is left alone."""
        if self.folder is None:
            return
        path = self.folder / _name(bucket)
        with suppress(OSError, ValueError, EOFError, TypeError), path.open("rb") as file:
            if _is_ours(os.fstat(file.fileno())):
                bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a bucket; a disk that refuses costs only the time of the next run."""
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / _name(bucket)
            aside = path.with_suffix(f".{os.getpid()}")
            try:
                with aside.open("xb") as file:
                    bucket.write_bytecode(file)
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)


def cache_folder() -> Path | None:
    """Give the user's cache folder for compiled templates, if the user has one."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not base:
        home = os.path.expanduser("~")  # noqa: PTH111  (Path.home raises when there is none)
        base = "" if home == "~" else os.path.join(home, ".cache")  # noqa: PTH118
    return Path(base) / "handouts" if os.path.isabs(base) else None  # noqa: PTH117


def _name(bucket: Bucket) -> str:
    """Name an entry by all that its code depends on: the template, Python, and our environment."""
    version = f"{sys.version_info[0]}{sys.version_info[1]}-{__version__}-{_environment():x}"
    kind = "sandboxed" if bucket.environment.sandboxed else "own"
    return f"{bucket.key}-{bucket.checksum}-{version}-{kind}.jinja"


@cache
def _environment() -> int:
    """Give a number that changes with the modules that make code of templates."""
    return max(file.stat().st_mtime_ns for file in Path(__file__).parent.glob("*.py"))


def _is_ours(status: os.stat_result) -> bool:
    """Whether only we could have written a file: code is loaded from it."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
