"""CUDA while grading: where there is none, on a stand-in for a GPU, and on a real one."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from corpus_files import corpus
from gpu_stand_in import GPU, NAME, stand_in

from graders import grading
from graders.checks import mismatch as m
from graders.cli import main
from graders.feedback.language import Words
from graders.reports.json_format import report_data
from graders.reports.lines import check_message, report_lines
from graders.submissions.source import read_source
from graders.worker import gpu as driver
from graders.worker.sources import Gpu

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has zygotes")

ONE = """
f:
  arguments: {x: {tensor: [n], dtype: float32}}
  cases: 12
"""
RIGHT = "def f(x): return x + 1"
NONE = pytest.mark.skipif(bool(driver.device_files()), reason="there is a GPU")


@pytest.fixture(scope="module")
def gpu():
    with stand_in() as gpu:
        yield gpu


@pytest.fixture
def on_gpu(course, gpu):
    """The grader of one question, on the CPU and on what stands in for a GPU."""
    return replace(course(ONE, RIGHT), gpu=gpu, device="cuda")


def on(device, result):
    return [check for check in result.checks if check.device == device]


# ---------------------------------------------------------------- which devices


@pytest.mark.parametrize(
    ("device", "places"),
    [
        ("auto", ["accelerator", "cuda"]),
        ("all", ["accelerator", "cuda"]),
        ("cpu", []),
        ("accelerator", ["accelerator"]),
        ("cuda", ["cuda"]),
    ],
)
def test_the_choice_decides_where_calls_are_repeated(on_gpu, grade, device, places):
    [result] = grade(replace(on_gpu, device=device), RIGHT).questions
    assert [check.device for check in result.checks if check.check == "device"][1:] == places
    assert result.verdict == "passed"


def test_an_assignment_keeps_a_question_away_from_a_gpu(course, gpu, grade):
    questions = f"{ONE}  devices: [cpu, accelerator]\n"
    [result] = grade(replace(course(questions, RIGHT), gpu=gpu), RIGHT).questions
    assert {check.device for check in result.checks} == {"cpu", "accelerator"}


# ---------------------------------------------------------------- without a GPU


@NONE
@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "  note: Not checked on CUDA: there is no NVIDIA GPU."),
        ("zh", "  注意：未在 CUDA 上检查：没有 NVIDIA GPU。"),
    ],
)
def test_that_there_is_none_is_said_once_and_costs_nothing(course, grade, language, note):
    with Gpu() as none:
        grader = replace(course(ONE, RIGHT), gpu=none, device="all")
        report = grade(grader, RIGHT)
    lines = [line.text for line in report_lines(report, grader.assignment, Words(language))]
    assert lines[-1] == note
    assert report.points == report.max_points
    assert not on("cuda", report.questions[0])
    cuda = report_data(report, grader.assignment, Words(language))["cuda"]
    assert cuda == {"skipped": report.cuda.absent}


@NONE
def test_nobody_is_told_who_did_not_ask(course, grade):
    with Gpu() as none:
        grader = replace(course(ONE, RIGHT), gpu=none)
        report = grade(grader, RIGHT)
    assert not any("CUDA" in line.text for line in report_lines(report, grader.assignment, Words()))
    data = report_data(report, grader.assignment, Words())
    assert data["cuda"] == {"skipped": "there is no NVIDIA GPU"}


@NONE
def test_the_command_takes_the_choice(capsys, tmp_path):
    path = str(Path(__file__).parents[1] / "reference" / "hw2.py")
    file = tmp_path / "report.json"
    choice = ["--device", "cuda", "--also", "json", str(file)]
    assert main(["hw2", path, "-q", "corner", *choice]) == 0
    assert "Not checked on CUDA: there is no NVIDIA GPU." in capsys.readouterr().out
    data = json.loads(file.read_text())
    assert data["cuda"] == {"skipped": "there is no NVIDIA GPU"}
    assert {check["device"] for check in data["questions"][0]["checks"]} == {"cpu"}


# ---------------------------------------------------------------- with one


def test_a_right_answer_passes_there_and_the_report_says_where(on_gpu, grade):
    report = grade(on_gpu, RIGHT)
    [check] = on("cuda", report.questions[0])
    assert (check.check, check.verdict, check.failing) == ("device", "passed", 0)
    data = report_data(report, on_gpu.assignment, Words())
    assert data["cuda"] == {"gpu": NAME, "isolation": "gpu", "tf32": False}
    assert data["isolation"] == "full"
    said = " ".join(line.text.strip() for line in report_lines(report, on_gpu.assignment, Words()))
    assert f"Calls were repeated on a GPU ({NAME}), without TF32" in said


def found(report):
    """Return the finding of what goes wrong on the GPU alone, once the next submission is fine."""
    [result] = report.questions
    [check] = result.failed
    assert (check.check, check.device, result.points) == ("device", "cuda", 0)
    return check


@pytest.fixture
def fails(on_gpu, grade):
    """Grade a text that is wrong on the GPU alone; see that the next submission is fine."""

    def fails(text):
        report = grade(on_gpu, GPU + dedent(text))
        check = found(report)
        assert grade(on_gpu, RIGHT).verdict == "passed"
        said = check_message(check.finding, report, on_gpu.assignment, Words())
        return check, said

    return fails


def test_other_values_there_are_the_students_mistake(fails):
    check, said = fails("def f(x): return x + 1 + GPU")
    assert isinstance(check.finding.mismatch, m.WrongValues)
    assert said.call[0] == 'device = "cuda"'
    assert "On the CPU it is right; here a GPU took the call." in [fact.text for fact in said.facts]


def test_a_result_that_stays_on_the_cpu_is_found(fails):
    # what stands in has no device of its own, so this leaves it by another type
    check, _ = fails("def f(x): return (x + 1).numpy() if GPU else x + 1")
    assert check.finding.mismatch.check == "type"


def test_a_device_assert_is_the_students_mistake(fails):
    check, said = fails(
        """
        def f(x):
            if GPU:
                torch.lost = True
                raise RuntimeError("CUDA error: device-side assert triggered\\nmore")
            return x + 1
        """
    )
    assert check.finding.mismatch.error.text == "CUDA error: device-side assert triggered"
    assert check.failing == 1
    assert said.hint == (
        "On a GPU this is how an index that is out of range ends, or a label that is no class."
    )


def test_too_much_memory_is_the_students_mistake(fails):
    check, said = fails(
        """
        def f(x):
            if GPU:
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 GiB. GPU 0")
            return x + 1
        """
    )
    assert isinstance(check.finding.mismatch, m.OutOfMemory)
    assert said.headline == "`f` needs more than 1024 MiB of memory."


def test_a_hang_is_the_students_mistake(fails, monkeypatch):
    monkeypatch.setattr(grading, "GPU_SECONDS", -0.7)  # of the one that a call has
    check, _ = fails("def f(x):\n    while GPU: pass\n    return x + 1")
    assert isinstance(check.finding.mismatch, m.Overran)


def unchecked(report):
    """Return why nothing was found out, which costs no points."""
    [result] = report.questions
    [check] = on("cuda", result)
    assert (check.verdict, result.verdict) == ("skipped", "passed")
    assert report.points == report.max_points
    assert report.not_on_cuda == check.unchecked
    return check.unchecked


def test_memory_that_other_programs_hold_costs_no_points(on_gpu, grade):
    text = """
        def f(x):
            if GPU:
                torch.is_full = True
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 KiB. GPU 0")
            return x + 1
        """
    reason = unchecked(grade(on_gpu, GPU + dedent(text)))
    assert reason == "other programs hold the memory of the GPU"


def test_what_the_reference_cannot_do_there_costs_nobody_points(course, gpu, grade):
    reference = "import os\ndef f(x): return x + 1 + bool(os.environ.get('CUDA_VISIBLE_DEVICES'))"
    grader = replace(course(ONE, reference), gpu=gpu, device="cuda")
    assert unchecked(grade(grader, reference)) == grading.REFERENCE_DIFFERS


@pytest.mark.slow
def test_a_gpu_that_serves_nobody_costs_no_points(course, grade):
    with stand_in(refuses=True) as full:
        report = grade(replace(course(ONE, RIGHT), gpu=full, device="cuda"), RIGHT)
    assert "CUDA error: out of memory" in unchecked(report)


def test_calls_that_must_raise_are_not_made_there(course, gpu, grade):
    text = """
        def f(x):
            if len(x) == 1:
                raise ValueError("one")
            return x + 1
        """
    grader = replace(course(ONE, text), gpu=gpu, device="cuda")
    wrong = text.replace("if len(x) == 1:", "if len(x) == 1 and not GPU:")
    assert grade(grader, GPU + dedent(wrong)).verdict == "passed"


# ---------------------------------------------------------------- on a real one


@pytest.mark.cuda
@pytest.mark.skipif(not driver.device_files(), reason="there is no NVIDIA GPU")
class TestOnAGpu:
    """What the stand-in claims, on a GPU."""

    @pytest.fixture(scope="class")
    @classmethod
    def gpu(cls):
        with Gpu() as gpu:
            assert gpu.absent is None, gpu.absent
            yield gpu

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("def f(x): return x.cpu() + 1", m.WrongDevice),
            ("def f(x): return x + torch.ones(len(x))", m.Raised),
            ("def f(x): return torch.tensor((x + 1).tolist())", m.WrongDevice),
            ("def f(x): x[torch.tensor([99]).to(x.device) * x.is_cuda]; return x + 1", m.Raised),
            ("def f(x): x.is_cuda and torch.empty(1 << 40, device=x.device); return x + 1", None),
        ],
    )
    def test_mistakes_are_found_and_the_next_submission_is_fine(self, on_gpu, grade, text, kind):
        [check] = grade(on_gpu, text).questions[0].failed
        assert check.device == "cuda"
        assert isinstance(check.finding.mismatch, kind or m.OutOfMemory)
        assert grade(on_gpu, RIGHT).verdict == "passed"

    @pytest.mark.parametrize("name", ["hw1", "hw2", "hw3", "hw4", "hw5"])
    def test_known_submissions_get_the_same_verdict_there(self, gpu, grader_of, name):
        grader = replace(grader_of(name), gpu=gpu, device="cuda")
        wrong = []
        for file in corpus(name):
            report = grader.grade(read_source(file.path), only=[file.function])
            failed = [check.check for check in report.questions[0].failed]
            if failed != ([] if file.check is None else [file.check]):
                wrong.append((file.id, failed))
            if report.not_on_cuda is not None:
                wrong.append((file.id, report.not_on_cuda))
        assert wrong == []
