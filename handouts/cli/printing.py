"""Writing to stdout, where a full disk and a pipe that nobody reads are errors of the output."""

import os
import sys

from handouts.errors import OutputError


def print_line(line: str) -> None:
    """Write a line for people; a path in it may have bytes that are no text.

    Letters that the system's coding does not have become question marks.

    Raises:
        OutputError: Stdout cannot be written.
    """
    try:
        print_bytes(os.fsencode(f"{line}\n"))
    except UnicodeEncodeError:
        print_bytes(f"{line}\n".encode(sys.getfilesystemencoding(), "replace"))


def print_json(value: object) -> None:
    r"""Write a value as JSON on a line of its own, in UTF-8 whatever the system's coding is.

    A byte of a path that is no text is written as Python keeps it, such as `\udcff`.

    Raises:
        OutputError: Stdout cannot be written.
    """
    import json  # noqa: PLC0415  (only for --json)

    text = json.dumps(value, ensure_ascii=False)
    print_bytes(f"{text}\n".encode(errors="backslashreplace"))


def print_bytes(data: bytes) -> None:
    """Write bytes.

    Raises:
        OutputError: Stdout is closed, or cannot be written.
    """
    if sys.stdout is None:  # closed when the program was started
        raise OutputError("stdout is closed", hint="Let it lead to a file, or to /dev/null")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes at its end
        hint = f"The system says: {error.strerror}."
        raise OutputError("stdout cannot be written", hint=hint) from error
