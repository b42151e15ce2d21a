"""Reading stdin, which may be closed, and may have no end."""

import sys

from handouts.errors import UsageError

NAME = "-"
"""What stands for stdin on the command line."""


def read_stdin(limit: int | None = None) -> bytes:
    """Read all of stdin, or at most so many bytes.

    Raises:
        UsageError: It is closed or cannot be read, or has more bytes.
    """
    try:
        if sys.stdin is None:  # closed when the program was started
            raise UsageError("stdin is closed", hint="Give a file, or something to read")
        content: bytes = sys.stdin.buffer.read(-1 if limit is None else limit + 1)
    except OSError as failure:
        hint = f"The system says: {failure.strerror}. Give a file"
        raise UsageError("stdin cannot be read", hint=hint) from failure
    if limit is not None and len(content) > limit:
        raise UsageError(f"stdin has more than {limit:,} bytes", hint="Give a shorter text")
    return content
