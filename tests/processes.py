"""Processes below a process; Linux only."""

import os
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
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
