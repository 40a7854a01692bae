"""The command line: what it prints where, and how it ends."""

import json
import os
import pty
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from textwrap import dedent

import pytest

from graders.cli import main
from graders.feedback.wide import width_of
from graders.worker import sources

ROOT = Path(__file__).parents[1]
SAMPLE = str(ROOT / "examples" / "hw2.py")
RIGHT = str(ROOT / "reference" / "hw2.py")
COURSE = """
title: Course
questions:
  total:
    points: 2
    arguments: {x: {tensor: [n]}}
    cases: 10
  head:
    arguments: {x: {tensor: [n]}}
    cases: 10
"""


def grade_py(*arguments, cwd=ROOT, **environment):
    """Run the command in a process of its own."""
    command = [sys.executable, str(ROOT / "grade.py"), *map(str, arguments)]
    environment = {"PYTHONIOENCODING": "utf-8", **os.environ, **environment}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env=environment, encoding="utf-8"
    )


@pytest.fixture
def command(workers, monkeypatch, capsys):
    """Run the command in this process, with the workers of the session; return what it did."""
    monkeypatch.setattr(sources, "worker_source", lambda: nullcontext(workers))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def command(*arguments):
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return command


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder with an assignment of an instructor's own, which is where the command runs."""
    (tmp_path / "hw7.yaml").write_text(f"reference: answers.py{COURSE}")
    text = "def total(x):\n    return x.sum()\ndef head(x):\n    return x[:1]"
    (tmp_path / "answers.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, text):
    path.write_text(dedent(text), encoding="utf-8")
    return path


# ---------------------------------------------------------------- exit statuses


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["hw2", RIGHT, "--question", "corner"], 0),
        (["hw2", SAMPLE, "--question", "split_heads"], 1),
        (["hw2", "nowhere.py"], 2),
    ],
)
def test_the_exit_status_tells_how_it_went(command, arguments, status):
    assert command(*arguments)[0] == status


def test_a_fault_of_the_grader_ends_with_a_status_of_its_own(course, command):
    write(course / "answers.py", "def total(x): return y\ndef head(x): return x[:1]")
    write(course / "hw7.py", "def total(x): return 0\ndef head(x): return x[:1]")
    status, out, _ = command("hw7.yaml")
    assert status == 3
    assert "This is a fault in the assignment, not in hw7.py, and costs no points." in out
    assert "3 of 3 points" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["hw22"], "no assignment is called hw22; there are: hw1, hw2,"),
        (["hw22"], "similar name: hw2"),
        (["lst"], "similar name: list"),
        (["course/hw9.yaml"], "course/hw9.yaml: there is no such file"),
        (["hw2", SAMPLE, "--question", "cornr"], "hw2 has no question cornr"),
        (["hw2", SAMPLE, "--question", "cornr"], "similar name: corner"),
        (["hw2", SAMPLE, "--format", "xml"], "xml"),
        (["hw2", SAMPLE, "--lang", "xx"], "no language 'xx'"),
        (["hw2", SAMPLE, "--quiet"], "--quiet"),
        (["hw2", SAMPLE, "extra"], "extra"),
        (["hw2", "missing.py"], "missing.py"),
        (["hw2", "."], "folder"),
        (["hw2"], "neither hw2.py nor hw2.ipynb is in this folder"),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_a_hint(command, course, arguments, said):
    status, out, err = command(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 2


def test_two_submissions_in_one_folder_are_told_apart_by_the_student(command, course):
    for name in ("hw2.py", "hw2.ipynb"):
        write(course / name, "")
    status, _, err = command("hw2")
    assert status == 2
    assert "both hw2.py and hw2.ipynb are here" in err


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("title: T", "questions"),
        ("title: [", "hw7.yaml"),
        (COURSE.replace("points: 2", "point: 2"), "similar name: points"),
        (COURSE.replace("head", "tail"), "defines no such function"),
        (f"reference: nowhere.py{COURSE}", "nowhere.py"),
    ],
)
def test_a_wrong_assignment_is_named_with_its_file(command, course, yaml, said):
    write(course / "hw7.yaml", yaml if "reference" in yaml else f"reference: answers.py\n{yaml}")
    write(course / "hw7.py", "")
    status, out, err = command("hw7.yaml")
    assert (status, out) == (2, "")
    assert said in err


def test_nothing_at_all_shows_the_help(command):
    status, out, _ = command()
    assert status == 0
    assert "python grade.py hw2" in out
    assert command("--help")[1] == out


# ---------------------------------------------------------------- what is graded


@pytest.mark.parametrize("name", ["hw7.py", "hw7.ipynb"])
def test_the_submission_of_this_folder_is_graded(command, course, name):
    text = "def total(x): return x.sum()\ndef head(x): return x[:1]"
    if name.endswith(".ipynb"):
        cell = {"cell_type": "code", "source": text, "metadata": {}, "outputs": []}
        cell["execution_count"] = None
        text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    write(course / name, text)
    status, out, _ = command("hw7.yaml")
    assert status == 0
    assert "3 of 3 points" in out


def test_one_question_can_be_graded_alone(command):
    status, out, _ = command("hw2", SAMPLE, "-q", "corner", "-q", "column")
    assert status == 0
    assert "q8   corner" in out
    assert "q9   column" in out
    assert "7 of 7 points" in out


def test_the_assignments_are_listed(command):
    status, out, _ = command("list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["hw1", "hw2", "hw3", "hw4", "hw5"]


def test_a_report_can_go_to_a_file(command, tmp_path):
    path = tmp_path / "report.json"
    status, out, _ = command("hw2", SAMPLE, "-q", "corner", "--format", "json", "-o", path)
    assert (status, out) == (0, "")
    assert json.loads(path.read_text(encoding="utf-8"))["points"] == 4


# ---------------------------------------------------------------- how it looks


def test_a_report_that_is_piped_is_plain_text(command):
    _, out, err = command("hw2", SAMPLE)
    assert "\x1b" not in out
    assert "\r" not in out
    assert err == ""
    assert max(width_of(line) for line in out.splitlines()) <= 78
    assert out.isascii()
    assert out.count("\n\n\n") == 0


def test_no_line_is_too_long_in_any_language(command):
    for lang in ("en", "zh"):
        status, out, err = command("hw2", SAMPLE, "--lang", lang)
        if status == 2:
            pytest.skip(err)
        assert max(width_of(line) for line in out.splitlines()) <= 78


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_it_wants_none(environment, coloured):
    assert ("\x1b[1;31m" in on_a_terminal(environment)) == coloured


def on_a_terminal(environment):
    """Return what the command prints on a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "grade.py"), "hw2", SAMPLE, "-q", "split_heads"]
    known = {key: os.environ[key] for key in ("PATH", "GRADER_CACHE") if key in os.environ}
    environment = {**known, "TERM": "xterm-256color", **environment}
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 4096):
            shown += data
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    process.wait()
    return shown.decode()


def test_what_an_output_cannot_show_is_written_as_escapes(course):
    write(course / "hw7.py", "def total(x): raise ValueError('\\u8fd9\\u91cc')\ndef head(x): pass")
    result = grade_py("hw7.yaml", cwd=course, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert result.returncode == 1
    assert "\\u8fd9" in result.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_name_that_is_not_text_can_be_graded(course, form):
    name = os.fsdecode(b"hw\xff.py")
    write(course / name, "def total(x): return x.sum()\ndef head(x): return x[:1]")
    result = grade_py("hw7.yaml", name, "--format", form, cwd=course)
    assert (result.returncode, result.stderr) == (0, "")


# ---------------------------------------------------------------- JSON

REPORT = {
    "schema",
    "assignment",
    "submission",
    "points",
    "max_points",
    "verdict",
    "isolation",
    "cuda",
    "public_checks_only",
    "questions",
}
QUESTION = {"function", "points", "max_points", "verdict", "seconds", "checks"}
CHECK = {"check", "device", "verdict", "cases", "failing"}
FINDING = {"headline", "call", "expected", "returned", "hint"}


def test_json_has_exactly_its_documented_keys(command):
    status, out, err = command("hw2", SAMPLE, "--format", "json")
    report = json.loads(out)
    assert (status, err) == (1, "")
    assert report.keys() == REPORT
    assert (report["schema"], report["assignment"], report["submission"]) == (1, "hw2", "hw2.py")
    assert report["points"] == sum(question["points"] for question in report["questions"])
    for question in report["questions"]:
        assert question.keys() == QUESTION
        for check in question["checks"]:
            extra = {"failed": FINDING, "skipped": {"needs"}}.get(check["verdict"], set())
            assert check.keys() == CHECK | extra


def test_json_says_what_the_report_says(command):
    _, out, _ = command("hw2", SAMPLE, "--format", "json", "-q", "split_heads")
    [question] = json.loads(out)["questions"]
    [failed] = [check for check in question["checks"] if check["verdict"] == "failed"]
    assert failed["headline"] == "`split_heads` returns the wrong shape."
    assert failed["call"].splitlines()[-1] == "split_heads(x, 2)"
    assert (failed["expected"], failed["returned"]) == ("(1, 2, 3, 2)", "(1, 3, 2, 2)")
    assert 0 < failed["failing"] <= failed["cases"]


def test_json_names_a_fault(command, course):
    write(course / "answers.py", "def total(x): return y\ndef head(x): return x[:1]")
    write(course / "hw7.py", "def head(x): return x[:1]")
    _, out, _ = command("hw7.yaml", "--format", "json")
    report = json.loads(out)
    assert report["verdict"] == "fault"
    assert "NameError" in report["questions"][0]["fault"]
    assert report["questions"][0].keys() == QUESTION | {"fault"}


def test_json_is_the_same_in_every_process_but_for_the_times(command):
    def timeless(text):
        report = json.loads(text)
        for question in report["questions"]:
            del question["seconds"]
        return report

    arguments = ["hw2", SAMPLE, "--format", "json"]
    status, here, _ = command(*arguments)
    there = grade_py(*arguments)
    assert there.returncode == status == 1
    assert timeless(there.stdout) == timeless(here)
