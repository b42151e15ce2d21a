"""Small libraries, and batches over them in this process."""

import datetime
import hashlib
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from leaflets import CREATED, write_article, write_clinic

from handouts.batch import BatchWish, Crew, Report, run_batch

BODY = "{name} is a subject of this library.\n\n## Causes\n\n- One\n- Two of {name}\n"


class Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **named))
        except Exception as error:  # noqa: BLE001  (as executors do)
            future.set_exception(error)
        return future


HERE = Crew(start=lambda _: Here(), width=1)


def library(folder: Path, articles: int = 2, clinics: int = 2, **more: Any) -> Path:  # noqa: ANN401
    """Write a library of small articles and clinics."""
    for name in ("articles", "clinics"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in range(articles):
        article(folder, f"subject-{number}")
    for number in range(clinics):
        write_clinic(folder / "clinics", name=f"clinic-{number}", **more)
    return folder


def article(folder: Path, name: str, body: str = BODY, **more: Any) -> Path:  # noqa: ANN401
    """Write an article into a library."""
    text = body.replace("{name}", name)
    return write_article(folder / "articles", text, title=name.title(), name=name, **more)


def run(folder: Path, output: Path, **wishes: Any) -> Report:  # noqa: ANN401
    """Run a batch in this process; its steps are added to the list `steps`."""
    crew, steps = wishes.pop("crew", HERE), wishes.pop("steps", [])
    wishes = {"library": folder, "created": CREATED, "seconds": 0, **wishes}
    return run_batch(
        BatchWish(output=output, **wishes), crew, lambda progress: steps.append(progress.step)
    )


def leaflets(output: Path) -> set[str]:
    """Give the names of all leaflets."""
    return {path.relative_to(output).as_posix() for path in output.glob("*/**/*.pdf")}


def contents(output: Path) -> dict[str, str]:
    """Give the digest of every file that people see, by its name."""
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file() and ".handouts" not in path.parts
    }


def stamps(output: Path) -> dict[str, int]:
    """Give the time of the last change of every leaflet."""
    return {name: (output / name).stat().st_mtime_ns for name in leaflets(output)}


def day(words: str) -> datetime.datetime:
    """Give the start of a day."""
    return datetime.datetime.fromisoformat(words).replace(tzinfo=datetime.UTC)
