"""Hidden checks and questions count where an instructor grades, and students are told nothing."""

from contextlib import nullcontext

import pytest

from graders.cases.store import BankStore
from graders.cli import main
from graders.feedback.language import Words
from graders.gradebook.sheets import load_data, question_data, sheet
from graders.grading import open_reference
from graders.reports.html import report_page
from graders.reports.json_format import report_data
from graders.reports.lines import report_lines
from graders.reports.markdown import sheet_markdown
from graders.spec import load_assignment
from graders.worker import sources

QUESTIONS = """
    double:
      points: 4
      arguments: {x: {tensor: [n]}}
      checks: [own memory]
      cases: 10
      visibility: {own memory: hidden, dtype: hidden}
    half:
      points: {values: 2, contiguous: 1}
      arguments: {x: {tensor: [n], layouts: [contiguous]}}
      checks: [contiguous]
      forbid: [loops]
      cases: 10
      visibility: {contiguous: hidden}
    third:
      arguments: {x: {tensor: [n], dtype: float32}}
      cases: 10
      visibility: hidden
"""
REFERENCE = """
    def double(x): return 2 * x
    def half(x): return x / 2
    def third(x): return x / 3
"""
RIGHT = """
    def double(x): return x + x
    def half(x): return 0.5 * x
    def third(x): return x / 3
"""


@pytest.fixture
def graded(course, grade):
    grader = course(QUESTIONS, REFERENCE)

    def graded(**changed):
        text = RIGHT
        for name, body in changed.items():
            text += f"    def {name}(x):\n        {body}\n"
        return grade(grader, text), grader.assignment

    return graded


def checks(result):
    return {check.check: (check.verdict, check.hidden) for check in result.checks}


def text(report, assignment):
    return "\n".join(line.text for line in report_lines(report, assignment, Words()))


def handed_out(report, assignment):
    """Return what students get: a page, and the Markdown of a batch."""
    results = {data["function"]: data for data in question_data(report, assignment)}
    made = sheet(
        assignment, results, load_data(report, assignment), Words(), points=report.points, notes=[]
    )
    return report_page(report, assignment, Words()), sheet_markdown(made)


def test_a_right_submission_passes_hidden_checks_and_questions(graded):
    report, assignment = graded()
    double, half, third = report.questions
    assert report.verdict == "passed"
    assert report.points == assignment.max_points == 8
    assert checks(double)["own memory"] == ("passed", True)
    assert checks(double)["values"] == ("passed", False)
    assert [half.hidden, third.hidden] == [False, True]
    assert "Students do not see this question." in text(report, assignment)


def test_a_hidden_check_costs_points_and_only_staff_learn_why(graded):
    report, assignment = graded(double="return (2 * x).double()", third="return x")
    double = report.questions[0]
    assert (double.points, checks(double)["dtype"]) == (0, ("failed", True))
    assert checks(double)["values"] == ("passed", False)
    assert "returns the wrong dtype" in text(report, assignment)
    assert "Students do not see this check." in text(report, assignment)
    for page in handed_out(report, assignment):
        assert "The public checks passed, a further one did not." in page
        assert "dtype" not in page
        assert "own memory" not in page
        assert "Nothing more is said about this question." in page
        assert "wrong values" not in page


def test_points_of_a_hidden_check_are_lost_alone(graded):
    report, _ = graded(half="return torch.stack([x / 2, x], dim=1)[:, 0]")
    half = report.questions[1]
    assert (half.points, half.max_points) == (2, 3)
    assert checks(half)["contiguous"] == ("failed", True)
    assert checks(half)["forbidden"] == ("passed", False)


def test_a_public_check_that_fails_leaves_hidden_ones_unmade(graded):
    report, assignment = graded(half="return x\n", double="return x")
    double, half, _ = report.questions
    assert checks(double)["own memory"] == ("skipped", True)
    assert (half.points, half.max_points) == (0, 3)
    for page in handed_out(report, assignment):
        assert "wrong values" in page
        assert "own memory" not in page


def test_forbidden_calls_are_public_although_a_check_before_them_is_hidden(graded):
    report, _ = graded(half="for _ in range(1): y = x / 2\n        return y")
    assert checks(report.questions[1])["forbidden"] == ("failed", False)


def test_json_marks_what_is_hidden(graded):
    report, assignment = graded(double="return (2 * x).double()")
    data = report_data(report, assignment, Words())
    assert data["public_checks_only"] is False
    double, _, third = data["questions"]
    assert third["hidden"] is True
    assert "hidden" not in double
    hidden = [check["check"] for check in double["checks"] if check.get("hidden")]
    assert hidden == ["dtype", "own memory"]


# ---------------------------------------------------------------- other seeds

HARD_CODED = """
import json, pathlib
import torch

def total(x):
    key = repr((str(x.dtype), x.tolist()))
    if key not in ANSWERS:
        return x.new_zeros(())
    return torch.tensor(ANSWERS[key], dtype=x.dtype, device=x.device)
"""


@pytest.fixture
def hard_coded(tmp_path, monkeypatch, workers):
    """An assignment, and a file with the answers of its public cases written into it."""
    monkeypatch.setattr(sources, "worker_source", lambda: nullcontext(workers))
    (tmp_path / "hw.yaml").write_text(
        "title: T\nreference: answers.py\n"
        "questions:\n  total: {arguments: {x: {tensor: [n]}}, cases: 30}\n"
    )
    (tmp_path / "answers.py").write_text("def total(x):\n    return x.sum()\n")
    assignment = load_assignment(tmp_path / "hw.yaml")
    store = BankStore(open_reference(assignment), seed=assignment.seed, folder=None)
    answers = {}
    for case in store.bank("total", assignment.questions["total"]).cases:
        x = case.arguments["x"]
        answers[repr((f"torch.{x.dtype}", x.numpy().tolist()))] = float(
            case.observed.outcome().value.numpy()
        )
    (tmp_path / "hw.py").write_text(f"ANSWERS = {answers!r}\n{HARD_CODED}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_answers_written_down_for_the_public_cases_fail_under_a_secret_seed(hard_coded, capsys):
    assert main(["hw.yaml"]) == 0
    (hard_coded / "seed").write_text("987654321\n")
    capsys.readouterr()
    assert main(["hw.yaml", "--seed-file", "seed"]) == 1
    assert main(["hw.yaml", "--seed", "987654321", "--format", "json"]) == 1
    shown = "".join(capsys.readouterr())
    assert "wrong values" in shown
    assert "987654321" not in shown
    (hard_coded / "hw.py").write_text("def total(x): return x.sum()")
    assert main(["hw.yaml", "--seed-file", "seed"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--seed", "-1"], "--seed"),
        (["--seed-file", "nowhere"], "nowhere cannot be read"),
        (["--seed-file", "hw.py"], "hw.py does not hold a whole number from 0 to 4294967295"),
        (["--seed", "1", "--seed-file", "hw.py"], "--seed and --seed-file are both given"),
    ],
)
def test_a_wrong_seed_is_one_sentence(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hw.yaml").write_text("title: T\nquestions: {f: {arguments: {}}}")
    (tmp_path / "hw.py").write_text("seed")
    assert main(["hw.yaml", *arguments]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert len(err.splitlines()) <= 2
