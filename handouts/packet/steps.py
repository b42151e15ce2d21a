"""What the worker can do: look at a PDF, join parts to one."""

from collections.abc import Callable, Mapping

from handouts.packet.check import check
from handouts.packet.joining import join
from handouts.packet.opening import look, open_pdf
from handouts.packet.parts import Job, Joined, Look
from handouts.values import replace


def _look(content: bytes, restricted: bool) -> Look:  # noqa: FBT001  (an answer's argument)
    return look(open_pdf(content, restricted=restricted))


def _join(job: Job) -> Joined:
    joined = join(job)
    loose = check(job, joined)
    if not loose:
        return joined
    told = f"tags of the packet that lead nowhere, on {loose} of its pages; they are as they were"
    return replace(joined, warnings=(*joined.warnings, told))


STEPS: Mapping[str, Callable[..., object]] = {"look": _look, "join": _join}
