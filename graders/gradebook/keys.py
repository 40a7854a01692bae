"""What a grade depends on, as short texts: two that are equal need no second grading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from graders.cases.bank import Bank, Case
from graders.cases.store import BankStore
from graders.errors import AssignmentError
from graders.spec import Assignment, Question
from graders.submissions.files import read_submission

PACKAGE: Final = Path(__file__).parents[1]
ROOMS: Final = ("checks", "feedback", "spec", "submissions", "trials", "worker")
MODULES: Final = (
    *("fingerprint.py", "grading.py", "hidden.py", "judging.py", "properties.py"),
    *("session.py", "verdicts.py"),
)
LIBRARIES: Final = ("torch", "numpy", "hypothesis", "nbformat")
LARGEST: Final = {".py": 10 << 20, ".ipynb": 10 << 20}


@dataclass(frozen=True)
class QuestionKey:
    """What the result of a question depends on besides the submission."""

    question: str  # the question itself and what the reference did on its cases
    versions: str  # the grader and its libraries


def content_key(path: Path) -> str:
    """Return a key for what is in a submission; raises SubmissionError where it cannot be read."""
    data = read_submission(path, LARGEST)
    return _digest(path.suffix.lower().encode(), data)


def question_keys(
    assignment: Assignment, store: BankStore, *, device: str = "auto"
) -> dict[str, QuestionKey]:
    """Return the key of each question where calls are made; banks that are missing are built."""
    found = {}
    for name, question in assignment.questions.items():
        key = _question_key(name, question, assignment, store)
        if device != "auto":
            key = _digest(key.encode(), device.encode())
        found[name] = QuestionKey(key, versions())
    return found


def _question_key(name: str, question: Question, assignment: Assignment, store: BankStore) -> str:
    said = question.model_dump_json(exclude={"prompt", "equivalent_mutants", "notes"})
    parts = [name.encode(), said.encode(), str(store.seed).encode()]
    try:
        parts += _bank_parts(store.bank(name, question))
    except AssignmentError as error:
        parts.append(error.message.encode())
    if question.properties:
        parts.append(store.reference.digest.encode())
        parts.append(_bytes_of(assignment.properties_path))
    return _digest(*parts)


def _bank_parts(bank: Bank) -> Iterator[bytes]:
    """Yield what a bank says, without how long the reference took."""
    yield bank.calls.cases
    yield bank.calls.payload
    yield repr((bank.scaling, bank.sampled)).encode()
    for case in bank.cases:
        yield from _case_parts(case)


def _case_parts(case: Case) -> Iterator[bytes]:
    record = case.observed.record
    if "error" in record:  # where in the reference it was raised changes nothing
        record = record | {"error": record["error"][:2]}
    yield f"{record}".encode()
    yield case.observed.payload
    for path, tolerance in case.tolerances.items():
        yield f"{path}{tolerance.center.shape}".encode()
        yield tolerance.center.tobytes()
        yield tolerance.allowed.tobytes()


@cache
def versions() -> str:
    """Return what stands for the grader's own code and for the libraries below it."""
    digest = hashlib.sha256()
    rooms = [path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py"))]
    for path in [*rooms, *(PACKAGE / name for name in MODULES)]:
        digest.update(_bytes_of(path))
    said = [f"{name} {_version(name)}" for name in LIBRARIES]
    return f"grader {digest.hexdigest()[:12]}, {', '.join(said)}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:32]
