"""Known submissions: programs of which it is known whether they are right, one function each.

They lie in `<folder>/<function>/*.py`. The docstring of each begins with `expect: passed` for a
wheat, and with the check that must fail, as in `expect: values failed`, for a chaff.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from graders.errors import AssignmentError
from graders.feedback.naming import similar_name
from graders.submissions.source import Source, read_source

HEADER: Final = '"""expect: '


@dataclass(frozen=True)
class Known:
    """A wheat, or a chaff."""

    path: Path
    function: str
    check: str | None  # the one that must fail; None for a wheat

    @property
    def name(self) -> str:
        """Where it lies in its folder."""
        return f"{self.function}/{self.path.name}"

    @property
    def needs_device(self) -> bool:
        """Whether it is wrong only where arguments live on another device than the CPU."""
        return self.path.stem.startswith("chaff_device_")

    @cached_property
    def source(self) -> Source:
        """Its code."""
        return read_source(self.path)

    def defines(self, questions: Collection[str]) -> list[str]:
        """Return the questions that it answers, its own first."""
        try:
            tree = ast.parse(self.path.read_text(encoding="utf-8"))
        except SyntaxError:  # which is what some chaffs are about
            return [self.function]
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        return [self.function, *sorted(names & {*questions} - {self.function})]


def read_known(folder: Path, questions: Collection[str]) -> list[Known]:
    """Read the headers of all known submissions in a folder."""
    found = []
    for path in sorted(folder.glob("*/*.py")):
        function = path.parent.name
        if function not in questions:
            similar = similar_name(function, list(questions))
            raise AssignmentError(
                f"{path.parent}: the assignment has no question {function}",
                hint=f"there is a question with a similar name: {similar}" if similar else None,
            )
        found.append(Known(path, function, _expected(path)))
    return found


def _expected(path: Path) -> str | None:
    """Return the check that a file's first line names."""
    head = path.read_text(encoding="utf-8").partition("\n")[0].strip()
    if head.startswith(HEADER):
        said = head.removeprefix(HEADER)
        if said == "passed":
            return None
        if said.endswith(" failed"):
            return said.removesuffix(" failed")
    raise AssignmentError(
        f"{path}:1: found {head[:60]!r}; expected `{HEADER}passed` or `{HEADER}<check> failed`"
    )
