"""Writing to stdout, where a full disk and a pipe that nobody reads are errors of the output."""

import os
import sys

from handouts.errors import OutputError


def print_line(line: str) -> None:
    """Write a line; a path in it may have bytes that are no text.

    Raises:
        OutputError: Stdout cannot be written.
    """
    print_bytes(os.fsencode(f"{line}\n"))


def print_bytes(data: bytes) -> None:
    """Write bytes.

    Raises:
        OutputError: Stdout cannot be written.
    """
    if sys.stdout is None:
        raise OutputError("stdout cannot be written", hint="It is closed.")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes at its end
        hint = f"The system says: {error.strerror}."
        raise OutputError("stdout cannot be written", hint=hint) from error
