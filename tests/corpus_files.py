"""The corpus: known right and known wrong submissions, one function each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class CorpusFile:
    """A file of the corpus and what its header says."""

    path: Path
    assignment: str
    function: str
    check: str | None  # the check that fails; None where the file is right

    @property
    def id(self) -> str:
        return f"{self.assignment}-{self.function}-{self.path.stem}"

    @property
    def needs_device(self) -> bool:
        return self.path.stem.startswith("chaff_device_")


def read_corpus_file(path: Path) -> CorpusFile:
    head = path.read_text(encoding="utf-8").partition("\n")[0]
    expected = head.removeprefix('"""expect: ')
    assert head != expected, f"{path}: the docstring does not begin with `expect:`"
    check = None if expected == "passed" else expected.removesuffix(" failed")
    return CorpusFile(path, path.parts[-3], path.parts[-2], check)


def rounds(assignment: str) -> Iterator[tuple[bool, list[pytest.MarkDecorator]]]:
    """Yield whether an assignment is tried with few cases, and the marks of a test that does so.

    One assignment is tried with all cases each time, the others with few: with all when there is
    time. One process tries all of an assignment, so that it reads the cases only once.
    """
    group = pytest.mark.xdist_group(assignment)
    if assignment == "hw2":
        yield False, [group]
    else:
        yield True, [group]
        yield False, [group, pytest.mark.slow]


def corpus(assignment: str) -> list[CorpusFile]:
    return [read_corpus_file(path) for path in sorted((CORPUS / assignment).glob("*/*.py"))]
