"""What reports say about every wrong submission of the corpus, and whether that names its mistake.

`tests/golden/chaffs/<assignment>.txt` holds a block for each. A reviewer has read the first
sentence of each against the rest, and written `named: yes` where they name the very mistake.
The facts are there for the reader: they follow from the cases, and are not compared, nor are the
numbers in headlines. Reports are made without the search for a simpler call, and without its
repetitions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from corpus_files import CORPUS

from graders.feedback.language import Words
from graders.reports.lines import problem_message, question_messages
from graders.spec import Assignment
from graders.verdicts import Report

FOLDER = Path(__file__).parent / "golden" / "chaffs"
NUMBER = re.compile(r"\b\d+(\.\d+)?(e[+-]?\d+)?\b")
COUNTS = re.compile(r"\b\d+(?= (?:failing|passing|others|cases that fail|ha(?:s|ve)\b))")


@dataclass(frozen=True)
class Chaff:
    """A wrong submission, what is said about it, and whether that names the mistake."""

    name: str
    wrong: str
    headline: str
    facts: tuple[str, ...] = ()
    hint: str = ""
    named: str = "?"  # "yes", "no", or not reviewed yet

    @property
    def said(self) -> tuple[str, str, str]:
        """What a review is about: measured numbers may be others with another PyTorch."""
        return self.wrong, NUMBER.sub("N", self.headline), self.hint

    def __str__(self) -> str:
        facts = [f"  | {fact}" for fact in self.facts]
        hint = [f"  hint: {self.hint}"] if self.hint else []
        lines = [self.name, f"  wrong: {self.wrong}", f"  headline: {self.headline}", *facts, *hint]
        return "\n".join([*lines, f"  named: {self.named}", ""])


def chaff(path: Path, report: Report, assignment: Assignment) -> Chaff:
    """Return what a report on one question says."""
    docstring = path.read_text(encoding="utf-8").split('"""')[1]  # some are no Python below it
    wrong = " ".join(docstring.partition("\n\n")[2].split())
    name = path.relative_to(CORPUS / assignment.name).as_posix()
    words = Words("en")
    messages = [*question_messages(report.questions[0], report, assignment, words)]
    said = (messages or [problem_message(problem, words) for problem in report.problems])[0]
    facts = tuple(" ".join(f"{fact.label} {fact.text}".split()) for fact in said.facts[:5])
    headline, hint = (COUNTS.sub("N", text) for text in (said.headline, said.hint or ""))
    return Chaff(name, wrong, headline, facts, hint)


@cache
def _blocks(path: Path, changed: int) -> Mapping[str, Chaff]:
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return {chaff.name: chaff for chaff in map(_read, filter(str.strip, blocks))}


def read_chaffs(assignment: str) -> Mapping[str, Chaff]:
    """Read the reviewed blocks of an assignment."""
    path = FOLDER / f"{assignment}.txt"
    return _blocks(path, path.stat().st_mtime_ns) if path.is_file() else {}


def _read(block: str) -> Chaff:
    name, *lines = block.strip().splitlines()
    parts = [line.strip().partition(": ") for line in lines if not line.startswith("  | ")]
    facts = tuple(line[4:] for line in lines if line.startswith("  | "))
    return Chaff(name, facts=facts, **{key: text for key, _, text in parts})


def write_chaffs(assignment: str, chaffs: list[Chaff]) -> None:
    """Write blocks, each with its mark if what is said is as it was when it was reviewed."""
    before = read_chaffs(assignment)
    ordered = sorted(chaffs, key=lambda chaff: chaff.name)
    marked = [_with_mark(chaff, before.get(chaff.name)) for chaff in ordered]
    FOLDER.mkdir(exist_ok=True)
    text = "\n".join(map(str, marked))
    (FOLDER / f"{assignment}.txt").write_text(text, encoding="utf-8")


def _with_mark(chaff: Chaff, before: Chaff | None) -> Chaff:
    is_same = before is not None and before.said == chaff.said
    return replace(chaff, named=before.named) if before and is_same else chaff
