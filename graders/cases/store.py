"""Keeps case banks on disk, keyed by everything that they depend on.

A bank is one safetensors file: the bytes of arguments and observations, the tolerances, and the
rest as JSON in the file's metadata, with a checksum. A file that is damaged or of another version
is as good as none. Files are written beside their place and moved there, so that graders which run
at once never see half of one.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import numpy as np

from graders.cases.bank import Bank, Case
from graders.cases.reference import Observed, Reference
from graders.checks.comparison import Tolerance
from graders.spec import Question
from graders.worker import wire

FORMAT: Final = 2
PACKAGE: Final = Path(__file__).parents[1]
ROOMS: Final = ("spec", "checks", "cases", "worker")  # whose code decides what is in a bank
UNSEEN: Final = {"prompt", "hints", "points", "equivalent_mutants", "visibility", "notes"}
LIBRARIES: Final = ("torch", "hypothesis", "numpy")


def default_folder() -> Path:
    """Return where this user's caches lie; `GRADER_CACHE` names another place."""
    import platformdirs

    named = os.environ.get("GRADER_CACHE")
    return (
        Path(named) if named else Path(platformdirs.user_cache_dir("torch-exercise-grader", False))
    )


class BankStore:
    """Gives the banks of one assignment, from disk where they have been built before."""

    def __init__(self, reference: Reference, *, seed: int, folder: Path | None) -> None:
        self.reference = reference
        self.seed = seed
        self._folder = folder
        self._banks: dict[tuple[str, tuple[str, ...]], Bank] = {}

    def bank(self, name: str, question: Question) -> Bank:
        """Return the bank of a question; raises AssignmentError when it cannot be built."""
        at = (name, question.hidden_checks)  # a question may come with its hidden checks or without
        if at not in self._banks:
            self._banks[at] = self._load(name, question) or self._build(name, question)
        return self._banks[at]

    def add(self, name: str, hidden: tuple[str, ...], bank: Bank) -> None:
        """Take a bank that was built elsewhere, with the hidden checks that its question has."""
        self._banks[name, hidden] = bank

    def with_seed(self, seed: int) -> BankStore:
        """Return a store of other banks, beside these."""
        return BankStore(self.reference, seed=seed, folder=self._folder)

    def is_ready(self, name: str, question: Question) -> bool:
        """Whether a bank need not be built first."""
        known = (name, question.hidden_checks) in self._banks
        return known or (self._path(name, question) or Path("/")).is_file()

    def _path(self, name: str, question: Question) -> Path | None:
        if self._folder is None:
            return None
        return self._folder / f"{name}-{self._key(name, question)[:32]}.safetensors"

    def _key(self, name: str, question: Question) -> str:
        exact = question.model_dump_json(exclude=UNSEEN)
        parts = [name, exact, str(self.seed), self.reference.digest, *_versions()]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _load(self, name: str, question: Question) -> Bank | None:
        path = self._path(name, question)
        if path is None:
            return None
        try:
            return read_bank(path.read_bytes(), name)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def _build(self, name: str, question: Question) -> Bank:
        from graders.cases.building import build_bank  # slow, and not needed for a bank on disk

        bank = build_bank(name, question, self.reference, seed=self.seed)
        path = self._path(name, question)
        if path is not None:
            _write_atomically(path, write_bank(bank))
        return bank


@lru_cache
def _versions() -> tuple[str, ...]:
    """Return what a bank depends on beyond its question: our code and the libraries."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((PACKAGE / room).glob("*.py")):
            digest.update(path.read_bytes())
    return (str(FORMAT), digest.hexdigest(), *(_version(name) for name in LIBRARIES))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _write_atomically(path: Path, data: bytes) -> None:
    """Write a cache file; a disk that cannot take it costs time, not a grade."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".bank-")
    except OSError:
        return
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)


# ---------------------------------------------------------------- the format


def write_bank(bank: Bank) -> bytes:
    """Return a bank as one safetensors file."""
    from safetensors.numpy import save

    tolerances = [tol for case in bank.cases for tol in case.tolerances.values()]
    tensors = {
        "arguments": np.frombuffer(bank.calls.payload, np.uint8),
        "expected": np.frombuffer(b"".join(c.observed.payload for c in bank.cases), np.uint8),
        "centers": _joined([tolerance.center for tolerance in tolerances]),
        "allowed": _joined([tolerance.allowed for tolerance in tolerances]),
    }
    rows = [_row(*pair) for pair in zip(bank.cases, json.loads(bank.calls.cases), strict=True)]
    scaling = {size: list(places.items()) for size, places in bank.scaling.items()}
    names = list(bank.cases[0].arguments)
    parts = {"names": names, "cases": rows, "scaling": scaling, "sampled": bank.sampled}
    text = json.dumps(parts)
    metadata = {"bank": text, "checksum": _checksum(text, tensors)}
    return bytes(save(tensors, metadata))


def _joined(arrays: list[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    flat = [np.ascontiguousarray(array).reshape(-1).view(np.float64) for array in arrays]
    return np.concatenate(flat) if flat else np.empty(0)


def _row(case: Case, trees: list[Any]) -> list[Any]:
    index = [
        [list(path), list(tolerance.center.shape), tolerance.center.dtype.kind]
        for path, tolerance in case.tolerances.items()
    ]
    seen = case.observed
    head = [case.origin, case.group, case.simplest, round(seen.seconds, 6), seen.operations]
    return [*head, trees, seen.record, len(seen.payload), index]


def _checksum(text: str, tensors: dict[str, np.ndarray[Any, Any]]) -> str:
    digest = hashlib.sha256(text.encode())
    for name in sorted(tensors):
        digest.update(tensors[name].tobytes())
    return digest.hexdigest()


def read_bank(data: bytes, function: str) -> Bank:
    """Return the bank in a safetensors file; raises ValueError or LookupError for a damaged one."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        tensors = load(data)
    except SafetensorError as error:
        raise ValueError("not a safetensors file") from error
    size = int.from_bytes(data[:8], "little")
    metadata = json.loads(data[8 : 8 + size])["__metadata__"]
    if metadata["checksum"] != _checksum(metadata["bank"], tensors):
        raise ValueError("a checksum that does not fit")
    stored = json.loads(metadata["bank"])
    scaling = {size: dict(places) for size, places in stored["scaling"].items()}
    cases = tuple(_cases(stored, tensors))
    return Bank(function, cases, scaling, tuple(stored["sampled"]))


def _cases(stored: Any, tensors: dict[str, np.ndarray[Any, Any]]) -> Iterator[Case]:
    arguments = tensors["arguments"].tobytes()
    expected = tensors["expected"].tobytes()
    numbers = _Numbers(tensors["centers"], tensors["allowed"])
    position = 0
    for origin, group, simplest, seconds, operations, trees, record, size, index in stored["cases"]:
        values = dict(zip(stored["names"], wire.decode_arguments(trees, arguments), strict=True))
        observed = Observed(record, expected[position : position + size], seconds, operations)
        position += size
        tolerances = {tuple(path): numbers.take(shape, kind) for path, shape, kind in index}
        yield Case(origin, values, observed, tolerances, group, simplest)


class _Numbers:
    """Hands out the stored tolerances one after the other."""

    def __init__(self, centers: np.ndarray[Any, Any], allowed: np.ndarray[Any, Any]) -> None:
        self._centers = centers
        self._allowed = allowed
        self._center_at = 0
        self._allowed_at = 0

    def take(self, shape: list[int], kind: str) -> Tolerance:
        count = int(np.prod(shape))
        width = 2 if kind == "c" else 1
        center = self._centers[self._center_at : self._center_at + width * count]
        self._center_at += width * count
        if kind == "c":
            center = center.view(np.complex128)
        allowed = self._allowed[self._allowed_at : self._allowed_at + count]
        self._allowed_at += count
        return Tolerance(center.reshape(shape), allowed.reshape(shape))
