"""Watching a file: what is graded again, what stays, and how the screen and the process behave."""

import contextlib
import io
import os
import pty
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from textwrap import dedent

import psutil
import pytest

from graders.cli import main
from graders.feedback.language import Words
from graders.involved import functions_of
from graders.reports.lines import question_messages
from graders.spec import load_assignment
from graders.submissions.source import Block, Source
from graders.watch import Regrader, _Screen

REPOSITORY = Path(__file__).parents[1]

QUESTIONS = """
    double: {arguments: {x: {tensor: [n]}}, examples: [{x: [1, 2, 3]}]}
    triple: {arguments: {x: {tensor: [n]}}, examples: [{x: [1, 2, 3]}]}
    early: {arguments: {x: {tensor: [n]}}, examples: [{x: [1, 2, 3]}]}
"""
REFERENCE = """
    def double(x): return 2 * x
    def triple(x): return 3 * x
    def early(x): return x + 1
"""
ANSWER = """\
import torch

FACTOR = 2

def times(x, factor):
    return x * factor

def double(x):
    return times(x, FACTOR)

def triple(x):
    return 3 * x

def early(x):
    y = x + 1
    return y.no_such_method()
"""


def source(text, name="hw.py"):
    return Source(name, (Block(text, None),), ())


@pytest.fixture
def regrader(course):
    """A regrader that has seen ANSWER."""
    grader = course(QUESTIONS, REFERENCE)
    regrader = Regrader(grader, list(grader.assignment.questions))
    first = regrader.grade(source(ANSWER))
    assert first.graded == ("double", "triple", "early")
    return regrader


def verdicts(round):
    return [result.verdict for result in round.report.questions]


# ---------------------------------------------------------------- what is graded again


@pytest.mark.parametrize(
    ("before", "after", "graded"),
    [
        ("3 * x", "x + x + x", ("triple",)),
        ("3 * x", "3*x  # right", ()),
        ("x * factor", "factor * x", ("double",)),
        ("FACTOR = 2", "FACTOR = 1 + 1", ("double",)),
        ("import torch\n", "import torch\nimport math\n", ()),
        ("import torch\n", "import torch\n\ntorch.manual_seed(1)\n", ("double", "triple", "early")),
        ("def early", "def unused(x):\n    return 0\n\ndef early", ()),
        ("x + 1", "1 + x", ("early",)),
    ],
)
def test_only_what_a_change_can_have_touched_is_graded_again(regrader, before, after, graded):
    assert before in ANSWER
    found = regrader.grade(source(ANSWER.replace(before, after)))
    assert found.graded == graded
    assert verdicts(found) == ["passed", "passed", "failed"]


def test_a_change_for_the_worse_and_back_is_seen(regrader):
    worse = regrader.grade(source(ANSWER.replace("FACTOR = 2", "FACTOR = 4")))
    assert verdicts(worse) == ["failed", "passed", "failed"]
    assert worse.report.points == 1
    better = regrader.grade(source(ANSWER))
    assert better.graded == ("double",)
    assert better.report.points == 2


def test_a_mistake_that_moved_is_shown_where_it_is_now(regrader):
    moved = ANSWER.replace("import torch", "import torch\n\n# one\n# two")
    found = regrader.grade(source(moved.replace("y = x + 1", "y = (x\n         + 1)\n")))
    assert found.graded == ()
    assignment = regrader.grader.assignment
    result = found.report.questions[2]
    (said,) = question_messages(result, found.report, assignment, Words("en"))
    line = 1 + (moved.split("\n").index("    return y.no_such_method()") + 2)
    assert (said.facts[0].label, said.facts[0].text) == (
        f"line {line}",
        "return y.no_such_method()",
    )


def test_an_exception_of_another_class_than_the_reference_raises_is_kept(course):
    refuses = "\n        if len(x) > 3:\n            raise ValueError('long')\n        return"
    grader = course(QUESTIONS, REFERENCE.replace(" return 3", f"{refuses} 3"))
    regrader = Regrader(grader, ["double", "triple"])
    wrong = ANSWER.replace("return 3 * x", "return 3 * x if len(x) < 4 else x.no_such_method()")
    assert verdicts(regrader.grade(source(wrong))) == ["passed", "failed"]
    assert regrader.grade(source(wrong.replace("FACTOR = 2", "FACTOR = 4"))).graded == ("double",)


def test_a_file_that_is_no_python_keeps_the_results_from_before(regrader):
    broken = regrader.grade(source(ANSWER.replace("3 * x", "3 * (x")))
    assert broken.unreadable
    assert broken.graded == ()
    assert verdicts(broken) == ["passed", "passed", "failed"]
    assert [problem.kind for problem in broken.report.problems] == ["syntax"]
    assert regrader.grade(source(ANSWER)).graded == ()


def test_a_file_that_never_was_python_is_graded_as_it_is(course):
    grader = course(QUESTIONS, REFERENCE)
    regrader = Regrader(grader, list(grader.assignment.questions))
    first = regrader.grade(source("def double(x)"))
    assert verdicts(first) == ["failed"] * 3
    assert regrader.grade(source(ANSWER)).graded == ("double", "triple", "early")


def test_a_function_that_was_missing_is_graded_when_it_is_there(regrader):
    without = regrader.grade(source(ANSWER.replace("def triple", "def tripel")))
    assert verdicts(without) == ["passed", "failed", "failed"]
    assert regrader.grade(source(ANSWER)).graded == ("triple",)


def test_code_that_stops_the_file_is_heard_though_no_function_changed(regrader):
    found = regrader.grade(source(ANSWER + "\nprint(undefined)\n"))
    assert [problem.kind for problem in found.report.problems] == ["raised"]
    assert verdicts(found) == ["passed", "passed", "failed"]


def test_only_the_questions_that_were_asked_for_are_graded(course):
    regrader = Regrader(course(QUESTIONS, REFERENCE), ["triple"])
    assert [r.function for r in regrader.grade(source(ANSWER)).report.questions] == ["triple"]


def test_a_cell_that_is_no_python_leaves_the_other_cells_alone(course):
    grader = course(QUESTIONS, REFERENCE)
    regrader = Regrader(grader, list(grader.assignment.questions))
    texts = [part for part in ANSWER.split("\n\n") if part]

    def notebook(*cells):
        return Source("hw.ipynb", tuple(Block(t, n) for n, t in enumerate(cells, start=1)), ())

    assert verdicts(regrader.grade(notebook(*texts))) == ["passed", "passed", "failed"]
    found = regrader.grade(notebook("1 +", *texts))
    assert found.graded == ()
    assert verdicts(found) == ["passed", "passed", "failed"]
    mistake = found.report.questions[2].failed[0].finding
    assert mistake is not None
    assert mistake.mismatch.error.file == f"hw.ipynb cell {len(texts) + 1}"


def test_what_is_not_written_is_said_in_every_report(course):
    grader = course(QUESTIONS, REFERENCE)
    regrader = Regrader(grader, ["double", "triple"])
    stream = io.StringIO()
    screen = _Screen(grader, Words("en"), stream)
    text = ANSWER.replace("return 3 * x", "raise NotImplementedError")
    screen.show(regrader.grade(source(text)))
    screen.show(regrader.grade(source(text.replace("FACTOR = 2", "FACTOR = 1 + 1"))))
    assert len(re.findall(r"triple .* unwritten\n", stream.getvalue())) == 2


def test_a_question_with_properties_depends_on_the_functions_that_they_call(tmp_path):
    path = tmp_path / "hw.yaml"
    path.write_text(
        dedent(
            """
            title: T
            questions:
              join: {arguments: {x: {tensor: [n]}}, properties: [undoes]}
              split: {arguments: {x: {tensor: [n]}}}
              other: {arguments: {x: {tensor: [n]}}}
            """
        ),
        "utf-8",
    )
    (tmp_path / "hw_properties.py").write_text(
        "def undoes(student, x):\n    student.join(student.split(x))\n", "utf-8"
    )
    assignment = load_assignment(path)
    assert functions_of(assignment, "join") == ["join", "split"]
    assert functions_of(assignment, "split") == ["split"]
    (tmp_path / "hw_properties.py").unlink()
    assert functions_of(assignment, "join") == ["join"]


# ---------------------------------------------------------------- the command itself


class Watched:
    """`grade.py --watch` on a file, with what it prints."""

    def __init__(self, folder, *, on_terminal):
        self.path = folder / "hw2.py"
        self.path.write_text(RIGHT, "utf-8")
        ours, theirs = pty.openpty() if on_terminal else os.pipe()
        questions = ["-q", "corner", "-q", "column", "-q", "add_batch_dim", "-q", "join_rows"]
        self.process = subprocess.Popen(
            [sys.executable, REPOSITORY / "grade.py", "hw2", *questions, "--watch", "--lang", "en"],
            cwd=folder,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        self.stream = os.fdopen(ours, encoding="utf-8")
        self.lines = queue.SimpleQueue()
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        with contextlib.suppress(OSError):  # what a terminal says when its other end is closed
            for line in self.stream:
                self.lines.put(line.rstrip())

    def close(self):
        self.process.kill()
        self.process.wait()
        self.thread.join()
        self.stream.close()

    def until(self, text, seconds=120):
        """Return the lines up to the first one with this text."""
        found = []
        deadline = time.monotonic() + seconds
        while not found or text not in found[-1]:
            try:
                found.append(self.lines.get(timeout=max(0.0, deadline - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"{text!r} is not in {found}")
        return found

    def cpu_seconds(self):
        """The CPU time of the command and of all processes that it started."""
        total = 0.0
        top = psutil.Process(self.process.pid)
        for process in (top, *top.children(recursive=True)):
            times = process.cpu_times()
            total += times.user + times.system
            total += times.children_user + times.children_system
        return total

    def stop(self):
        """Press Ctrl-C; return the exit status and what was still said."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=30)
        self.thread.join()
        rest = []
        while not self.lines.empty():
            rest.append(self.lines.get())
        return status, "\n".join(rest)


RIGHT = """\
import torch

def corner(x, rows, columns):
    return x[:rows, :columns]

def column(x, j):
    return x[:, j]

def add_batch_dim(x):
    return x[None]

def join_rows(a, b):
    return torch.cat([a, b])
"""
WRONG = RIGHT.replace("x[:, j]", "x[j]")


@pytest.fixture
def watched(tmp_path):
    watched = Watched(tmp_path, on_terminal=False)
    yield watched
    watched.close()


@pytest.fixture
def watched_on_terminal(tmp_path):
    watched = Watched(tmp_path, on_terminal=True)
    yield watched
    watched.close()


def heads(lines):
    """The questions that are shown, with their points."""
    found = [re.match(r"q\d+ +(\w+) +(\d) of", line) for line in lines]
    return {each[1]: int(each[2]) for each in found if each}


def test_a_session_of_work(watched):
    first = watched.until("is watched; Ctrl-C ends this.")
    assert heads(first) == {"corner": 4, "column": 3, "add_batch_dim": 3, "join_rows": 3}

    watched.path.write_text(WRONG, "utf-8")
    lines = watched.until("graded: ")
    assert lines[-1] == "graded: column"
    assert heads(lines) == {"corner": 4, "column": 0, "add_batch_dim": 3, "join_rows": 3}
    assert any("`column` raises IndexError." in line for line in lines)

    watched.path.write_text(WRONG + "\ndef half(", "utf-8")
    lines = watched.until("from before this change")
    assert any("hw2.py cannot be read as Python." in line for line in lines)
    assert heads(lines) == {"corner": 4, "column": 0, "add_batch_dim": 3, "join_rows": 3}

    watched.path.write_text("# a comment\n" + WRONG, "utf-8")
    watched.until("No function has changed.")

    watched.path.unlink()
    watched.until("hw2.py does not exist")
    watched.path.write_text("# a comment\n" + WRONG, "utf-8")
    watched.until("No function has changed.")

    watched.path.unlink()
    watched.until("hw2.py does not exist")
    other = watched.path.with_name("hw2.py.new")  # as editors that never write into a file do
    other.write_text(RIGHT, "utf-8")
    os.replace(other, watched.path)
    lines = watched.until("graded: ")
    assert lines[-1] == "graded: column"
    assert heads(lines) == {"corner": 4, "column": 3, "add_batch_dim": 3, "join_rows": 3}

    status, rest = watched.stop()
    assert status == 0
    assert "Traceback" not in rest


def test_an_answer_costs_little(watched):
    watched.until("is watched")
    spent = []
    for number, text in enumerate([WRONG, RIGHT, WRONG, RIGHT]):
        before = watched.cpu_seconds()
        watched.path.write_text(f"# version {number}\n{text}", "utf-8")
        watched.until("graded: column")
        spent.append(watched.cpu_seconds() - before)
    assert min(spent[0::2]) < 0.3  # a wrong answer, with its explanation
    assert min(spent[1::2]) < 0.3  # a right one


def test_an_interrupt_during_the_first_report_ends_it_cleanly(watched):
    command = psutil.Process(watched.process.pid)
    deadline = time.monotonic() + 60
    while not command.children():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    status, rest = watched.stop()
    assert status in (0, 130)
    assert "Traceback" not in rest


def test_a_terminal_is_cleared_before_each_report(watched_on_terminal):
    watched_on_terminal.until("is watched")
    watched_on_terminal.path.write_text(WRONG, "utf-8")
    text = "\n".join(watched_on_terminal.until("graded: column"))
    assert "\x1b[2J" in text.partition("corner")[0]
    assert watched_on_terminal.stop()[0] == 0


@pytest.mark.parametrize("more", [["--format", "json"], ["-o", "report.txt"]])
def test_what_is_watched_is_shown_on_the_screen(more, capsys):
    assert main(["hw2", "--watch", *more]) == 2
    assert "--watch shows text on the screen" in capsys.readouterr().err


def test_a_file_that_is_not_there_at_the_start_is_an_error(tmp_path, capsys):
    assert main(["hw2", str(tmp_path / "hw2.py"), "--watch"]) == 2
    assert "does not exist" in capsys.readouterr().err
