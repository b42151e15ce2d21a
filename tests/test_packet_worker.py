"""The worker: what it answers, and that nothing that a file does to it reaches anybody else."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from packets import job, leaflet, plain_packet

from handouts.errors import PacketError
from handouts.packet.worker import Limits, Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker() as one:
        yield one


def test_a_worker_looks_and_joins_again_and_again(worker: Worker) -> None:
    packet = plain_packet(2)
    for _ in range(2):
        assert len(worker.look(packet).pages) == 2
        assert worker.join(job(packet, leaflet())).content.startswith(b"%PDF-")


def test_a_refusal_comes_back_as_it_was_raised_and_the_worker_goes_on(worker: Worker) -> None:
    with pytest.raises(PacketError, match="not a PDF") as refused:
        worker.look(b"<html>")
    assert "--beside" in refused.value.hint
    assert len(worker.look(plain_packet(1)).pages) == 1


def test_a_step_that_takes_too_long_is_ended() -> None:
    with Worker(Limits(seconds=0.0)) as worker, pytest.raises(PacketError, match="more than 0 sec"):
        worker.look(plain_packet(1))


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read() -> None:
    with Worker(Limits(megabytes=700)) as worker:
        with pytest.raises(PacketError, match=r"fail|memory"):
            worker.look(b"%PDF-1.7\n" + bytes(600_000_000))
        assert len(worker.look(plain_packet(1)).pages) == 1


def test_a_worker_that_dies_is_replaced(worker: Worker) -> None:
    worker.look(plain_packet(1))
    worker._process.kill()  # noqa: SLF001 (nothing else makes it die for sure)
    with pytest.raises(PacketError, match="fail"):
        worker.look(plain_packet(1))
    assert len(worker.look(plain_packet(1)).pages) == 1


def test_a_worker_says_nothing_and_leaves_no_process() -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[1:3]\n"
        "from handouts.errors import PacketError\n"
        "from handouts.packet.worker import Worker\n"
        "if __name__ == '__main__':\n"
        "    with Worker() as worker:\n"
        "        for content in (b'%PDF-1.7 secret', b'%PDF-1.4\\n%%EOF'):\n"
        "            try: worker.look(content)\n"
        "            except PacketError as error: assert 'secret' not in str(error)\n"
        "        print(worker._process.pid)\n"
    )
    command = [sys.executable, "-c", program, *sys.path[:2]]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ})
    assert ran.stderr == ""
    (number,) = ran.stdout.split()
    with pytest.raises(ProcessLookupError):
        os.kill(int(number), 0)


def test_a_worker_does_not_hear_an_interrupt_from_its_first_step_on() -> None:
    for _ in range(3):
        with Worker() as worker:
            os.kill(worker._process.pid, signal.SIGINT)  # noqa: SLF001 (as a terminal does)
            assert len(worker.look(plain_packet(1)).pages) == 1


def test_who_starts_a_worker_still_hears_an_interrupt() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with Worker():
        assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
    assert signal.SIGINT not in before


def test_words_of_a_parser_do_not_leave_the_worker(worker: Worker) -> None:
    broken = (
        plain_packet(1)
        .replace(b"/Annots", b"/Secret")
        .replace(b"/MediaBox [ 0 0 612 792 ]", b"/MediaBox (secret words here    )")
    )
    with pytest.raises(PacketError) as refused:
        worker.look(broken)
    assert "secret" not in str(refused.value)
