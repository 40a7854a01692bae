"""Hostile submissions, each graded for real: none gets what it wants, and none leaves a trace.

What each file of tests/attacks tries stands in its docstring. The canaries have fixed names, so all
of this runs in one process of a test run, and one test run at a time.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import socket
import sys
import time
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import psutil
import pytest

from graders import session
from graders.cases.store import BankStore
from graders.checks import mismatch as m
from graders.errors import SubmissionError
from graders.feedback.language import Words
from graders.grading import Grader, open_reference
from graders.reports.json_format import report_json
from graders.reports.lines import report_lines
from graders.spec import load_assignment
from graders.spec.assignment import Limits
from graders.submissions.source import Block, Source, read_source
from graders.worker import client
from graders.worker.sources import Zygote
from graders.worker.wire import printable

REPOSITORY = Path(__file__).parents[1]
ATTACKS = sorted((REPOSITORY / "tests" / "attacks").glob("*.py"))
FIRST = 3  # of each family, tried by default
CANARY = Path("/tmp/grader-canary")
LIMITS = Limits.model_validate(
    {"seconds": 0.5, "total seconds": 2, "memory": 512, "output": 1, "scratch": 16}
)
MOST_SECONDS = 60  # on a busy machine; the slowest takes 10 on a quiet one
MOST_MEMORY = 1 << 30  # that the grader itself may gain, in bytes
ON_GPU = "GRADER_ATTACKS_ON_GPU"  # confines as workers are that may use a GPU
REFUSED = {"loading_hostile_encoding", "loading_nul_bytes"}  # before any of it runs
WATCHED = ("/var/tmp", "/dev/shm", Path.home(), REPOSITORY / "reference", ATTACKS[0].parent)
WRONG = "def corner(x, rows, columns): return x[:rows]\ndef column(x, j): return x[:, j]\n"
WORDS = Words("en")

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines"),
    pytest.mark.xdist_group("attacks"),
]


@dataclass(frozen=True)
class Attack:
    """A file, and what its header says must happen."""

    path: Path
    expect: str
    question: str
    also: tuple[str, ...]
    outcome: str | None
    needs_landlock: bool

    @staticmethod
    def read(path):
        text = path.read_bytes().decode("utf-8", "replace")
        header = dict(re.findall(r"(?m)^(?:\"\"\")?(\w+): (.+)$", text.partition("\n\n")[0]))
        return Attack(
            path,
            header["expect"].strip(),
            header["question"].strip(),
            tuple(header.get("also", "").split()[:1]),
            header.get("outcome"),
            "landlock" in header.get("needs", ""),
        )


# ---------------------------------------------------------------- canaries


class Canaries:
    """What no submission may touch, and what must hear nothing."""

    def __init__(self):
        self.sockets = [self._listen_alone()]
        shutil.rmtree(CANARY, ignore_errors=True)
        (CANARY / "target").mkdir(parents=True)
        (CANARY / "secret.txt").write_text("the secret of the canary\n", encoding="utf-8")
        self.sockets.append(self._listen(socket.AF_INET, socket.SOCK_DGRAM, UDP))
        self.sockets += [self._listen(socket.AF_UNIX, socket.SOCK_STREAM, name) for name in NAMES]

    def _listen_alone(self):
        """Wait for the port, which another test run may hold, and the files with it."""
        for _ in range(600):
            try:
                return self._listen(socket.AF_INET, socket.SOCK_STREAM, TCP)
            except OSError:
                time.sleep(1)
        return pytest.fail(f"port {TCP[1]} is taken")

    @staticmethod
    def _listen(family, kind, place):
        listener = socket.socket(family, kind)
        listener.setblocking(False)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(place)
        except OSError:
            listener.close()
            raise
        if kind == socket.SOCK_STREAM:
            listener.listen()
        return listener

    def check(self):
        """Fail where one of them was touched or heard something."""
        assert sorted(p.name for p in CANARY.iterdir()) == ["secret.txt", "socket", "target"]
        assert list((CANARY / "target").iterdir()) == []
        text = (CANARY / "secret.txt").read_text(encoding="utf-8")
        assert text == "the secret of the canary\n"
        for listener in self.sockets:
            with pytest.raises(BlockingIOError):
                _hear(listener)

    def close(self):
        """Remove the files while the port is held: another run waits for it to make its own."""
        shutil.rmtree(CANARY)
        for listener in self.sockets:
            listener.close()


def _hear(listener):
    if listener.type == socket.SOCK_STREAM:
        listener.accept()[0].close()
    else:
        listener.recv(1)


TCP = ("127.0.0.1", 47711)
UDP = ("127.0.0.1", 47712)
NAMES = (str(CANARY / "socket"), "\0grader-canary")


@pytest.fixture(scope="module")
def canaries():
    canaries = Canaries()
    yield canaries
    canaries.close()


# ---------------------------------------------------------------- a grader, and what it leaves


class Arena:
    """A grader of its own, and a folder with submissions."""

    def __init__(self, folder, cache):
        self.folder = folder
        self.workers = Zygote(on_gpu=ON_GPU in os.environ)
        assignment = load_assignment(REPOSITORY / "assignments" / "hw2.yaml")
        for question in assignment.questions.values():
            object.__setattr__(question, "limits", LIMITS)
        store = BankStore(open_reference(assignment), seed=assignment.seed, folder=cache)
        self.grader = Grader(assignment, store, self.workers)
        self.brief = Grader(assignment, store, self.workers, explain=False)
        self.grader.prepare()  # as for a class: more lies about for an attack to find
        self.neighbour = folder / "neighbour" / "hw2.py"
        self.neighbour.parent.mkdir()
        self.neighbour.write_text(WRONG, encoding="utf-8")
        self.honest = self.graded(self.neighbour)

    def grade(self, path, *only):
        return self.grader.grade(read_source(path), only=only)

    def graded(self, path):
        """Grade both questions of a file without a search; return what may not change."""
        report = self.brief.grade(read_source(path), only=("corner", "column"))
        text = report_json(report, self.grader.assignment, WORDS)
        return re.sub(r'"seconds": .*', "", text)

    def hand_in(self, attack):
        path = self.folder / attack.path.stem / "hw2.py"
        path.parent.mkdir()
        shutil.copyfile(attack.path, path)
        return path

    @property
    def scratch(self):
        return sorted(path.name for path in self.workers._scratch.folder.iterdir())

    def traces(self):
        """What a submission could leave behind in this process and beside it."""
        ourselves = psutil.Process()
        return {
            "processes": {child.pid for child in ourselves.children(recursive=True)},
            "descriptors": ourselves.num_fds(),
            "scratch": self.scratch,
            "files": {str(folder): sorted(os.listdir(folder)) for folder in WATCHED},
            "neighbour": self.neighbour.read_text(encoding="utf-8"),
        }


@pytest.fixture(scope="module")
def arena(tmp_path_factory, cache_folder, canaries):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "LOAD_SECONDS", 1.0)
        patch.setattr(client, "WALL_SPARE", 1)
        yield from _arena(tmp_path_factory, cache_folder)


def _arena(tmp_path_factory, cache_folder):
    arena = Arena(tmp_path_factory.mktemp("class"), cache_folder)
    yield arena
    arena.workers.close()


# ---------------------------------------------------------------- the attacks

OUTCOMES = {
    "timed out": lambda found: isinstance(found, m.Overran),
    "out of memory": lambda found: isinstance(found, m.OutOfMemory | m.UsedTooMuch),
    "crashed": lambda found: isinstance(found, m.Ended) and found.signal is not None,
    "exited": lambda found: isinstance(found, m.Ended) and found.status is not None,
    "missing function": lambda found: isinstance(found, m.NotDefined | m.NotLoaded),
    "too much": lambda found: isinstance(found, m.UsedTooMuch | m.PrintedTooMuch),
}


def by_family():
    """Yield all attacks; of each family, those beyond the first few are slow tests."""
    for _, family in groupby(ATTACKS, key=lambda path: path.stem.partition("_")[0]):
        for number, path in enumerate(family):
            yield pytest.param(path, id=path.stem, marks=[pytest.mark.slow] * (number >= FIRST))


@pytest.mark.parametrize("path", list(by_family()))
def test_an_attack_changes_nothing_but_its_own_verdict(arena, canaries, path):
    attack = Attack.read(path)
    if attack.needs_landlock and arena.workers.isolation not in ("full", "gpu"):
        pytest.skip("reading is not confined on this system")
    before = arena.traces()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    handed_in = arena.hand_in(attack)
    if path.stem in REFUSED:
        with pytest.raises(SubmissionError):
            arena.grade(handed_in)
    else:
        check_report(attack, arena.grade(handed_in, attack.question, *attack.also), arena)
    assert time.monotonic() - started < MOST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MOST_MEMORY >> 10
    assert handed_in.read_bytes() == path.read_bytes()
    canaries.check()
    assert arena.graded(arena.neighbour) == arena.honest
    assert arena.traces() == before


def check_report(attack, report, arena):
    attacked, *others = report.questions
    text = report_json(report, arena.grader.assignment, WORDS)
    assert "BREACH" not in text
    check_text(report, arena.grader.assignment)
    assert attacked.fault is None
    assert attacked.verdict == attack.expect, text
    assert [other.verdict for other in others] == ["passed"] * len(others)
    if attack.expect == "failed":
        assert attacked.points == 0
        found = attacked.failed[0].finding
        assert found is not None
        assert "BREACH" not in found.printed
        if attack.outcome is not None:
            how = found.mismatch.how if isinstance(found.mismatch, m.NotLoaded) else found.mismatch
            assert OUTCOMES[attack.outcome.strip()](how), found.mismatch


def check_text(report, assignment):
    """Fail where a terminal, or who runs a workflow, would obey a line of the report."""
    for line in report_lines(report, assignment, WORDS):
        assert line.text == printable(line.text)
        assert not line.text.lstrip().startswith(("::", "##["))


# ---------------------------------------------------------------- frames that a worker might send

FORGERY = """
import re, struct, sys

def corner(x, rows, columns):
    frame = sys._getframe()
    while "sender" not in frame.f_locals:
        frame = frame.f_back
    sender = frame.f_locals["sender"]
    header = re.sub("<(.+?) ([0-9]+)>", lambda m: m[1] * int(m[2]), {header!r}).encode()
    payload = bytes({payload})
    start = struct.pack("<4sIII", b"gRd1", sender.number, len(header), len(payload))
    sender.replies.write(start + header + payload)

def column(x, j):
    return x[:, j]
"""


def answer(records, *, count="1", microseconds="0", said="[]", operations="[]"):
    """Return the header of an answer as text."""
    parts = {"count": count, "microseconds": microseconds, "said": said, "operations": operations}
    about = ",".join(f'"{key}": {text}' for key, text in parts.items())
    return f'{{{about}, "end": false}}\n[{records}]'


def value(tree, size=0):
    return answer(f'{{"value": {tree}, "size": {size}}}')


FORGED = {
    "nothing": answer("", count="0"),
    "no dict": "[1, 2, 3]",
    "another answer": '{"loaded": {"callables": [], "errors": [], "definitions": []}}',
    "records that are none": answer('7, "8", null', count="3"),
    "a dict of records": answer("").replace("[]", "{}"),
    "no records": answer("").partition("\n")[0],
    "fewer records than it says": answer('{"value": ["none"], "size": 0}', count="2"),
    "more records than it says": answer('{"value": ["none"], "size": 0}', count="0"),
    "records without end": answer('{"value": ["none"], "size": 0}', count="9<9 4000>"),
    "records that run back": answer('{"value": ["none"], "size": 0}', count="-1"),
    "half a record": answer('{"value": ["none"], "size": 0}', count="0.5"),
    "endless time": answer('{"value": ["none"], "size": 0}', microseconds="1e999"),
    "time that runs back": answer('{"value": ["none"], "size": 0}', microseconds="-1"),
    "no time": answer('{"value": ["none"], "size": 0}', microseconds='"soon"'),
    "half a surrogate pair": value(r'["str", "\\ud800"]'),
    "a name without end": value('["opaque", "<x 8000000>"]'),
    "a size without end": value('["tensor", "float32", [<9 4000>], "cpu", "", [], null, 0]'),
    "sizes without end": value('["tensor", "float32", [0<,9 500000>], "cpu", "", [], null, 0]'),
    "an impossible shape": value(
        '["tensor", "float32", [0, 9000000000000000000], "cpu", "", [], null, 0]'
    ),
    "a negative size": answer('{"value": ["none"], "size": -1}'),
    "an argument that is not there": answer(
        '{"value": ["none"], "changed": [[99, ["none"]]], "size": 0}'
    ),
    "an argument without number": answer(
        '{"value": ["none"], "changed": [[1e300, ["none"]]], "size": 0}'
    ),
    "a line without end": answer(
        '{"error": [["ValueError"]], "size": 0}', said='[[0, ["", ["hw2.py", 1e300]]]]'
    ),
    "an exception without class": answer('{"error": [[]], "size": 0}', said='[[0, ["", null]]]'),
    "an exception of everything": answer(
        '{"error": [[<"ValueError", 10000>"object"]], "size": 0}', said='[[0, ["", null]]]'
    ),
    "words of no exception": answer('{"value": ["none"], "size": 0}', said='[[0, ["", null]]]'),
    "words of no answer": answer('{"value": ["none"], "size": 0}', said='[[7, ["", null]]]'),
    "too many words": answer(
        '{"error": [["ValueError"]], "size": 0}', said='[[0, ["", null]], [0, ["", null]]]'
    ),
    "too few words": answer('{"error": [["ValueError"]], "size": 0}'),
    "words that are none": answer('{"error": [["ValueError"]], "size": 0}', said="[[0, 7]]"),
    "another device": value('["tensor", "float32", [1], "\\u001b[2J", "", [], null, 4]', 4),
    "a deep header": "<[ 100000>",
    "a wide header": "[<[], 2000000>0]",
    "a number without end": value('["int", <7 1000000>]'),
    "operations that are none": answer('{"value": ["none"], "size": 0}', operations="[[1, 2, 3]]"),
    "operations unasked": answer('{"value": ["none"], "size": 0}', operations='[[1, ["add"], 0]]'),
}


@pytest.mark.parametrize("header", FORGED.values(), ids=FORGED)
def test_a_forged_frame_fails_its_question_and_nothing_else(arena, tmp_path, header):
    path = tmp_path / "hw2.py"
    payload = 4 if "u001b" in header else 0
    path.write_text(FORGERY.format(header=header, payload=payload), encoding="utf-8")
    before = arena.traces()
    report = arena.grade(path, "corner", "column")
    check_text(report, arena.grader.assignment)
    report_json(report, arena.grader.assignment, WORDS).encode()
    assert [result.verdict for result in report.questions] == ["failed", "passed"]
    assert arena.traces() == before


# ---------------------------------------------------------------- what is forbidden


def test_source_text_that_cannot_be_examined_is_not_taken_for_innocent(course):
    grader = course(
        """
          f:
            arguments: {x: {tensor: [n]}}
            forbid: [loops]
        """,
        "def f(x): return x + 1",
    )
    deep = "a" + ".a" * 1_500
    blind = f"def f(x):\n    y = 0 and {deep}\n    return torch.stack([v + 1 for v in x])"
    cells = ("import sys, torch\nsys.setrecursionlimit(9000)", blind)
    blocks = tuple(Block(text, number) for number, text in enumerate(cells, start=1))
    [result] = grader.grade(Source("hw.ipynb", blocks, ())).questions
    # Python 3.12 does not even compile it.
    kind = m.NotDefined if sys.version_info[:2] == (3, 12) else m.NotExamined
    assert isinstance(result.failed[0].finding.mismatch, kind)


# ---------------------------------------------------------------- the tests of these tests


def test_every_attack_says_what_must_happen():
    for path in ATTACKS:
        attack = Attack.read(path)
        assert attack.expect in ("passed", "failed"), path
        assert attack.outcome is None or attack.outcome.strip() in OUTCOMES, path
    assert len(ATTACKS) >= 80


def test_a_canary_that_is_touched_is_noticed(canaries):
    with socket.create_connection(TCP), pytest.raises(pytest.fail.Exception):
        canaries.check()
    canaries.check()
