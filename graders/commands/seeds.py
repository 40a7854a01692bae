"""The seed that the command line chooses, in the place of the assignment's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graders.errors import UsageError
from graders.said import said

if TYPE_CHECKING:
    from graders.spec import Assignment

MOST: Final = 2**32 - 1


def chosen_seed(seed: int | None, file: Path | None) -> int | None:
    """Return the seed that was given as a number or in a file, or None."""
    if file is None:
        return seed
    if seed is not None:
        raise UsageError(said("--seed and --seed-file are both given"))
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise UsageError(said("{file} cannot be read", file=file)) from None
    if not (text.isdecimal() and len(text) <= 10 and int(text) <= MOST):
        raise UsageError(
            said("{file} does not hold a whole number from 0 to {most}", file=file, most=MOST)
        )
    return int(text)


def seeded(assignment: Assignment, seed: int | None) -> Assignment:
    """Return the assignment with a seed, where one was chosen."""
    if seed is None:
        return assignment
    if assignment.sealed is not None:
        raise UsageError(
            said("{file}: the cases are sealed; this needs the reference", file=assignment.path)
        )
    return assignment.model_copy(update={"seed": seed})
