"""Case banks are kept on disk, and a file that is not right is as good as none."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from graders.cases import building, store
from graders.cases.reference import Reference
from graders.cases.store import BankStore, default_folder, read_bank, write_bank
from graders.errors import AssignmentError

REPOSITORY = Path(__file__).parents[2]
QUESTION = """
arguments:
  x: {tensor: [n, m], dtype: [float32, bfloat16], special: [nan, inf]}
  z: {tensor: [m], dtype: complex64}
  items: {list: {tensor: [2], dtype: float64}, length: 0..2}
  scale: {float: -2.0..2.0}
  dtype: {torch dtype: [float32]}
dimensions: {n: [3, 0], m: [2, 1]}
cases: 20
"""
SMALL = """
arguments: {x: {tensor: [n], dtype: float32, layouts: [contiguous]}}
dimensions: {n: 2..3}
cases: 10
"""
TEXT = """
import torch
def f(x, z, items, scale, dtype):
    if len(items) == 2:
        raise ValueError("two")
    return {"x": x + x, "z": z + z, "n": x.numel(), "sums": [item.sum() * scale for item in items]}
"""


SMALL_TEXT = "def f(x): return x + x\n"


@pytest.fixture
def question(question_of):
    return question_of(SMALL)


@pytest.fixture
def rich(question_of):
    """A question whose cases hold all that there is to keep."""
    return question_of(QUESTION)


@pytest.fixture
def open_store(tmp_path):
    """Open a store in a folder of the test's own."""

    def open_store(text=SMALL_TEXT, seed=0, folder=tmp_path / "banks"):
        path = tmp_path / "reference.py"
        path.write_text(text, encoding="utf-8")
        return BankStore(Reference.read(path), seed=seed, folder=folder)

    return open_store


def files(tmp_path):
    return sorted((tmp_path / "banks").iterdir())


def same(one, other):
    """Whether two banks hold the same, tolerances and NaN included."""
    assert [case.arguments for case in one.cases] == [case.arguments for case in other.cases]
    for left, right in zip(one.cases, other.cases, strict=True):
        assert (left.origin, left.group) == (right.origin, right.group)
        assert left.simplest == right.simplest
        assert left.observed.record == right.observed.record
        assert left.observed.payload == right.observed.payload
        assert left.tolerances.keys() == right.tolerances.keys()
        for path, tolerance in left.tolerances.items():
            np.testing.assert_array_equal(tolerance.center, right.tolerances[path].center)
            np.testing.assert_array_equal(tolerance.allowed, right.tolerances[path].allowed)
    assert one.calls == other.calls
    assert one.sampled == other.sampled != ()


def test_a_bank_is_built_once_and_then_read(open_store, rich, tmp_path, monkeypatch):
    built = open_store(TEXT).bank("f", rich)
    monkeypatch.setattr(building, "build_bank", None)
    same(open_store(TEXT).bank("f", rich), built)
    assert len(files(tmp_path)) == 1


def test_a_bank_survives_being_written_and_read(open_store, rich):
    bank = open_store(TEXT).bank("f", rich)
    same(read_bank(write_bank(bank), "f"), bank)


def test_a_store_without_a_folder_keeps_banks_in_memory(open_store, question):
    banks = open_store(folder=None)
    assert banks.bank("f", question) is banks.bank("f", question)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: b"\xff" * 8 + data[8:],
        lambda data: data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
        lambda data: data.replace(b"checksum", b"checkval"),
        lambda data: os.urandom(1000),
    ],
    ids=["empty", "half", "cut", "length", "flipped bit", "no checksum", "noise"],
)
def test_a_damaged_file_is_built_again(open_store, question, tmp_path, damage):
    built = open_store().bank("f", question)
    [path] = files(tmp_path)
    good = path.read_bytes()
    path.write_bytes(damage(good))
    same(open_store().bank("f", question), built)
    same(read_bank(path.read_bytes(), "f"), built)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(open_store, question, tmp_path):
    (tmp_path / "banks").write_text("a file where the folder should be")
    assert open_store().bank("f", question).cases


@pytest.mark.parametrize("change", [{"text": SMALL_TEXT + "\n"}, {"seed": 1}], ids=["text", "seed"])
def test_what_a_bank_depends_on_changes_its_place(open_store, question, tmp_path, change):
    open_store().bank("f", question)
    open_store(**change).bank("f", question)
    assert len(files(tmp_path)) == 2


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ("cases: 11", 2),
        ("rtol: 0.1", 2),
        ("checks: [random state]", 2),
        ("points: 7", 1),
        ("prompt: Do it.", 1),
        ("hints: {values: Look again.}", 1),
    ],
)
def test_only_what_matters_in_a_question_changes_its_place(
    open_store, question, question_of, tmp_path, change, places
):
    key = change.partition(":")[0]
    kept = [line for line in SMALL.splitlines() if not line.startswith(f"{key}:")]
    open_store().bank("f", question)
    open_store().bank("f", question_of("\n".join([*kept, change])))
    assert len(files(tmp_path)) == places


def test_another_version_of_a_library_changes_the_place(
    open_store, question, tmp_path, monkeypatch
):
    open_store().bank("f", question)
    monkeypatch.setattr(store, "_versions", lambda: ("another",))
    open_store().bank("f", question)
    assert len(files(tmp_path)) == 2


BUILD = """
import sys
from pathlib import Path
from graders.cases.reference import Reference
from graders.cases.store import BankStore
from graders.spec import load_assignment
folder, yaml, reference = map(Path, sys.argv[1:])
question = load_assignment(yaml).questions["f"]
bank = BankStore(Reference.read(reference), seed=0, folder=folder).bank("f", question)
print(len(bank.cases))
"""


def test_two_graders_that_build_at_once_leave_one_good_file(
    open_store, question, tmp_path, monkeypatch
):
    banks = open_store()
    command = [sys.executable, "-c", BUILD, tmp_path / "banks", tmp_path / "question.yaml"]
    command.append(banks.reference.path)
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
        for _ in range(2)
    ]
    counts = {process.communicate()[0] for process in running}
    assert [process.returncode for process in running] == [0, 0]
    assert len(counts) == 1
    assert len(files(tmp_path)) == 1
    monkeypatch.setattr(building, "build_bank", None)
    assert banks.bank("f", question).cases


def test_the_folder_of_all_caches_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADER_CACHE", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("GRADER_CACHE")
    assert default_folder().name == "torch-exercise-grader"


# ---------------------------------------------------------------- references that are no measure


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def f(x): return y", "NameError"),
        ("def f(x): return torch.rand(2)", "different results"),
        ("n = [0]\ndef f(x):\n    n[0] += 1\n    return n[0]", "different results"),
        ("def g(x): return x", "missing"),
        ("import nowhere", "ModuleNotFoundError"),
        ("import time\ndef f(x):\n    time.sleep(0.002)", "a tenth of the limit"),
        ("def f(x): return (x * 1e9).long()", "rounding decides"),
    ],
)
def test_a_reference_that_fails_is_named(open_store, question_of, text, message):
    question = question_of(
        "arguments: {x: {tensor: [2], dtype: float32}}\nlimits: {seconds: 0.01}\ncases: 30"
    )
    with pytest.raises(AssignmentError, match=message):
        open_store("import torch\n" + text).bank("f", question)
