"""Calls that each worker finds ready: the same answers as of calls that are sent, and only once."""

import os
import signal
import sys

import pytest
from calls import tensor

from graders.worker.client import Block, Finished, Limits, Worker, encode_cases
from graders.worker.sources import MOST_PREPARED, Interpreters, Zygote

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a zygote")

LIMITS = Limits(seconds=5, total_seconds=20)
FUNCTION = """
def f(x, items, keep):
    if keep:
        return x, items[0] + 1, x.sum()
    items.append(x)
    items[0].add_(1)
    return x.T
"""
CALLS = encode_cases(
    [[tensor(), [tensor()], True], [tensor(), [tensor()], False], [tensor(), [tensor()], True]]
)
MANY = encode_cases([[tensor()]] * 20)


@pytest.fixture(scope="module")
def zygote():
    with Zygote() as source:
        source.prepare("cpu", CALLS)
        source.prepare("accelerator", CALLS)
        source.prepare("cpu", MANY)
        source.prepare("accelerator", MANY)
        source.prepare("cpu", encode_cases([[1]]))
        source.prepare("cpu", encode_cases([[1]]))  # the calls of two questions may be the same
        source.prepare("cpu", encode_cases([[2]]))
        yield source


@pytest.fixture
def sizes(monkeypatch):
    """The bytes of each request that is sent from now on."""
    found = []
    send = Worker._send

    def _send(worker, frame):
        found.append(len(frame))
        send(worker, frame)

    monkeypatch.setattr(Worker, "_send", _send)
    return found


def load(source, text=FUNCTION):
    worker = source.open(LIMITS)
    worker.load("hw", [Block("hw.py", text)], notebook=False)
    return worker


def answers(worker, calls=CALLS, device="cpu"):
    run = worker.run("f", calls, options={"device": device}, limits=LIMITS)
    assert run.ending == Finished()
    return [(answer.record, bytes(answer.payload)) for answer in run.answers]


@pytest.mark.parametrize("device", ["cpu", "accelerator"])
def test_prepared_calls_are_answered_as_sent_ones_are(zygote, workers, device):
    prepared, sent = load(zygote), load(workers)
    found = answers(prepared, device=device)
    assert found == answers(sent, device=device)
    assert "changed" in found[1][0]
    prepared.close()
    sent.close()


def test_they_are_not_sent_but_when_they_are_wanted_again(zygote, sizes):
    """Student code may have changed the arguments by then."""
    worker = load(zygote)
    first, second = answers(worker), answers(worker)
    assert first == second
    assert sizes[-2] < len(CALLS.cases) < sizes[-1]
    worker.close()


def test_another_worker_finds_them_as_they_were(zygote):
    workers = [load(zygote) for _ in range(2)]
    assert answers(workers[0]) == answers(workers[1])
    for worker in workers:
        worker.close()


def test_each_question_gets_its_own(zygote):
    worker = load(zygote, "def f(x): return x")
    found = [answers(worker, encode_cases([[number]])) for number in (2, 1)]
    assert [record["value"] for [(record, _)] in found] == [["int", 2], ["int", 1]]
    worker.close()


def test_a_zygote_that_replaces_another_one_has_them_too(sizes):
    with Zygote() as source:
        source.prepare("cpu", CALLS)
        load(source).close()
        os.kill(source._server._process.pid, signal.SIGKILL)
        source._server._process.wait()
        worker = load(source)
        answers(worker)
        assert sizes[-1] < len(CALLS.cases)
        worker.close()


@pytest.mark.parametrize("device", ["cpu", "accelerator"])
def test_no_argument_takes_the_place_of_an_earlier_one_prepared_or_sent(zygote, workers, device):
    """A function that goes by the place must not get other points from whoever grades a class."""
    text = "seen = []\ndef f(x): seen.append(id(x)); return len({*seen})"
    for source in (zygote, workers):
        worker = load(source, text)
        found = [record["value"] for record, _ in answers(worker, MANY, device)]
        assert found == [["int", number] for number in range(1, MANY.count + 1)]
        worker.close()


def test_large_calls_are_sent_each_time(zygote, sizes):
    count = MOST_PREPARED // 4 + 1
    calls = encode_cases([[tensor([1.0] * count)]])
    zygote.prepare("cpu", calls)
    worker = load(zygote, "def f(x): return x.numel()")
    assert answers(worker, calls)[0][0]["value"] == ["int", count]
    assert sizes[-1] > MOST_PREPARED
    worker.close()


def test_where_workers_share_nothing_all_is_sent(sizes):
    with Interpreters() as source:
        source.prepare("cpu", CALLS)
        worker = load(source)
        assert len(answers(worker)) == 3
        assert sizes[-1] > len(CALLS.cases)
