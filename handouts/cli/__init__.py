"""The command line: parse, call one function, print; errors become words and exit codes here."""

import atexit
import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module

import click

from handouts import __version__
from handouts.errors import INTERRUPTED, HandoutsError, OutputError, UsageError

_COMMANDS = {
    "make": ("handouts.cli.make", "make"),
    "batch": ("handouts.cli.batch", "batch"),
    "attach": ("handouts.cli.attach", "attach"),
    "import": ("handouts.cli.import_", "import_"),
    "verify": ("handouts.cli.verify", "verify"),
    "list": ("handouts.cli.list_", "list_"),
    "new": ("handouts.cli.new", "new"),
    "clinic": ("handouts.cli.clinic", "clinic"),
    "gallery": ("handouts.cli.gallery", "gallery"),
}
"""Command -> the module that defines it, imported when it is needed, and its name there."""


class _LazyGroup(click.Group):
    """A group whose commands are imported on use, so that `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="handouts %(version)s")
def handouts() -> None:
    """Turn medical articles into printable, accessible, clinic-branded PDF leaflets."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the documented code."""
    given = sys.argv[1:] if arguments is None else arguments
    _fill_closed_streams()
    atexit.register(gc.freeze)  # else all objects are looked through once more, for nothing
    try:
        code = handouts.main(given, standalone_mode=False) or 0
    except click.exceptions.Exit as done:
        code = done.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; no file is half-written")
        code = INTERRUPTED
    except click.ClickException as error:
        _is_told(error.show)
        code = UsageError.exit_code
    except HandoutsError as error:
        code = _explained(error, given)
    except Exception as error:  # noqa: BLE001  (the edge: whatever is left is a bug of ours)
        code = _bug(error, given)
    sys.exit(code)


def _fill_closed_streams() -> None:
    """Take the numbers of standard streams that are closed: no file of ours may get one of them."""
    while (number := os.open(os.devnull, os.O_RDWR)) < _STREAMS:
        os.set_inheritable(number, True)  # noqa: FBT003  (it has no name)
    os.close(number)


_STREAMS = 3


def _explained(error: HandoutsError, given: list[str]) -> int:
    if "--debug" in given:
        _is_told(_traceback)
    _say(f"error: {error}")
    return error.exit_code


def _bug(error: Exception, given: list[str]) -> int:
    heard = _is_told(_traceback) if "--debug" in given else True
    heard &= _say(f"error: a bug of ours ({type(error).__name__}); no file is half-written.")
    if isinstance(error, OSError) and not heard:  # it was stderr that failed
        return OutputError.exit_code
    _say("Run it again with --debug and send us what it prints; look through it for names first.")
    return HandoutsError.exit_code


def _traceback() -> None:
    import traceback  # noqa: PLC0415  (only for --debug)

    traceback.print_exc()


def _say(words: str) -> bool:
    return _is_told(lambda: click.echo(words, err=True))


def _is_told(tell: Callable[[], None]) -> bool:
    """Tell something on stderr; where it cannot be written, the exit code alone says what it was."""
    try:
        tell()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # Python flushes at its end
        return False
    return True
