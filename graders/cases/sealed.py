"""The case banks of a release: made where the reference is, and used without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graders.cases.bank import Bank, Case
from graders.cases.store import read_bank, write_bank
from graders.errors import UsageError
from graders.said import said
from graders.spec import Question


def sealed_bank(bank: Bank) -> bytes:
    """Return a bank as its file in a release, which quotes nothing of the reference."""
    return write_bank(replace(bank, cases=tuple(map(_sealed, bank.cases))))


def _sealed(case: Case) -> Case:
    """Leave out what an expected exception says and where it was raised: its class counts."""
    record: Mapping[str, Any] = case.observed.record
    if "error" not in record:
        return case
    names, _, _ = record["error"]
    observed = replace(case.observed, record={**record, "error": [names, "", None]})
    return replace(case, observed=observed)


class SealedBanks:
    """Gives the banks that lie in the folder of a release."""

    reference: None = None

    def __init__(self, folder: Path, *, seed: int) -> None:
        self.seed = seed
        self._folder = folder
        self._banks: dict[str, Bank] = {}

    def bank(self, name: str, question: Question) -> Bank:
        """Return the bank of a question; raises UsageError when it is missing or damaged."""
        if name not in self._banks:
            self._banks[name] = self._read(name, question)
        return self._banks[name]

    def _read(self, name: str, question: Question) -> Bank:
        path = self._folder / f"{name}.safetensors"
        try:
            bank = read_bank(path.read_bytes(), name)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            bank = None
        if bank is None or any([*case.arguments] != [*question.arguments] for case in bank.cases):
            raise UsageError(
                said("{file}: the sealed cases are missing or damaged", file=path),
                hint=said(
                    "fetch the folder again; `git restore {folder}` does", folder=path.parent
                ),
            )
        return bank
