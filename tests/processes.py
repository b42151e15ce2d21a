"""Processes below a process; Linux only."""

from pathlib import Path


def children(parent: int) -> set[int]:
    """Give the processes below a process."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        if int(rest.split()[1]) == parent:
            found |= {int(path.parent.name)} | children(int(path.parent.name))
    return found


def is_alive(process: int) -> bool:
    """Tell whether a process is there and no zombie."""
    return _state(process) not in ("", "Z")


def is_frozen(process: int) -> bool:
    """Tell whether a process is stopped."""
    return _state(process) == "T"


def _state(process: int) -> str:
    """Give the letter of its state, "" when there is no such process."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""
