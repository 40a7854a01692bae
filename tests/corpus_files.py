"""The corpus: known right and known wrong submissions, one function each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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


def corpus(assignment: str) -> list[CorpusFile]:
    return [read_corpus_file(path) for path in sorted((CORPUS / assignment).glob("*/*.py"))]
