"""Checks as tests of pytest: real runs of pytest, in processes of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[1]
COURSE = """
title: Course
reference: answers.py
questions:
  total:
    arguments: {x: {tensor: [n]}}
    cases: 10
  head:
    arguments: {x: {tensor: [n]}}
    cases: 10
    forbid: [torch.narrow]
  lost:
    arguments: {x: {tensor: [n]}}
    cases: 10
"""
ANSWERS = """
def total(x):
    return x.sum()

def head(x):
    return x[:1]

def lost(x):
    return nowhere
"""
SUBMISSION = "def total(x):\n    return x.mean()\ndef head(x):\n    return x[:1]\n"


@pytest.fixture
def course(tmp_path):
    (tmp_path / "hw7.yaml").write_text(COURSE)
    (tmp_path / "answers.py").write_text(ANSWERS)
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "hw7.py").write_text(SUBMISSION)
    (tmp_path / "sent" / "conftest.py").write_text("raise SystemExit('the student decides')")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = --strict-markers\nfilterwarnings = error\n"
    )
    return tmp_path


def run(course, *arguments):
    command = [sys.executable, "-m", "pytest", "-p", "graders.pytest_plugin", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
    environment.pop("PYTEST_ADDOPTS", None)
    for name in [name for name in environment if name.startswith("PYTEST_XDIST")]:
        del environment[name]
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


GRADE = ("--grade", "hw7.yaml", "--submission", "sent/hw7.py")


def test_checks_pass_fail_are_skipped_and_cannot_be_made(course):
    status, out, _ = run(course, *GRADE, "-v", "-rsfE", "--junitxml=junit.xml")
    assert status == 1, out
    outcomes = dict(re.findall(r"(?m)^sent/hw7\.py::(\S+) (PASSED|FAILED|SKIPPED|ERROR)", out))
    assert outcomes["total::loads"] == outcomes["total::shape"] == "PASSED"
    assert outcomes["total::values"] == "FAILED"
    assert outcomes["total::arguments_unchanged"] == "SKIPPED"
    assert {v for k, v in outcomes.items() if k.startswith("head::")} == {"PASSED"}
    assert outcomes["head::forbidden"] == "PASSED"
    assert {v for k, v in outcomes.items() if k.startswith("lost::")} == {"ERROR"}
    assert "Traceback" not in out
    assert "pytest_plugin.py:" not in out.partition("short test summary")[0]
    assert "`total` returns wrong values.\n\n    x = torch.tensor(" in out
    assert "FAILED sent/hw7.py::total::values - `total` returns wrong values." in out
    assert "Checked once this is right: the values." in out
    assert "This is a fault in the assignment, not in hw7.py, and costs no points." in out
    suite = ET.parse(course / "junit.xml").getroot()[0]
    counts = {key: int(suite.get(key)) for key in ("failures", "errors", "skipped", "tests")}
    assert counts["failures"] == 1
    assert counts["errors"] == sum(v == "ERROR" for v in outcomes.values())
    assert counts["tests"] == len(outcomes)
    [failure] = suite.iter("failure")
    assert failure.get("message") == "`total` returns wrong values."


@pytest.mark.slow
def test_a_submission_is_graded_by_one_of_many_processes(course):
    status, out, _ = run(course, *GRADE, "-v", "-k", "total", "-n", "2", "--dist", "loadfile")
    assert status == 1, out
    workers = re.findall(r"(?m)^\[(gw\d)\].* (?:PASSED|FAILED|SKIPPED) sent/hw7.py::total", out)
    assert len(workers) > 5
    assert len({*workers}) == 1
    assert "`total` returns wrong values." in out


@pytest.mark.slow
def test_the_first_failure_can_end_the_run(course):
    status, out, _ = run(course, *GRADE, "-x")
    assert status == 1
    assert "1 failed" in out
    assert "error" not in out.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-k", "total and values"], {"total::values"}),
        (["-k", "forbidden"], {"head::forbidden"}),
        (["sent/hw7.py::total::values"], {"total::values"}),
    ],
)
def test_checks_can_be_chosen_without_grading(course, arguments, expected):
    (course / "sent" / "conftest.py").unlink()  # which pytest reads where a path is an argument
    status, out, _ = run(course, *GRADE, *arguments, "--collect-only", "-q")
    assert status == 0
    assert {*re.findall(r"(?m)^sent/hw7\.py::(\S+)$", out)} == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--grade", "hw99"], "no assignment is called hw99"),
        (["--grade", "hw7.yaml"], "neither hw7.py nor hw7.ipynb is in this folder"),
        (["--submission", "sent/hw7.py"], "--submission says what --grade ASSIGNMENT grades"),
    ],
)
def test_wrong_use_is_one_sentence(course, arguments, said):
    status, out, err = run(course, *arguments)
    assert status == 4
    assert said in err
    assert "Traceback" not in out + err


@pytest.mark.slow
def test_a_submission_that_cannot_be_opened_fails_once(course):
    (course / "sent" / "hw7.py").write_text("")
    status, out, _ = run(course, *GRADE, "-k", "total")
    assert status == 1
    assert "hw7.py is empty, so there is nothing to grade." in out
    assert re.search(r"1 failed, \d+ skipped", out)


@pytest.mark.slow
def test_without_the_option_pytest_is_as_ever(course):
    (course / "test_own.py").write_text(
        "import sys\ndef test_it(): assert 'torch' not in sys.modules\n"
    )
    status, out, _ = run(course, "test_own.py")
    assert status == 0, out
    assert "1 passed" in out
