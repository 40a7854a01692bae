"""The exceptions of the grader, and whose move each one is.

* GraderError
  - UsageError        the command line is wrong: whoever typed it
  - AssignmentError   the YAML, the reference or a property is wrong: the course staff
  - SubmissionError   there is no file to grade: the student or the roster
  - Fault             the grader is wrong: us
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class GraderError(Exception):
    """Anything that stops a command, said in one sentence and at most one hint."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(GraderError):
    """The command line asks for something that does not exist."""


class AssignmentError(GraderError):
    """The assignment contradicts itself: the course staff must change it.

    `call` is the function and the arguments that show it, where there are any.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        call: tuple[str, Mapping[str, Any]] | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.call = call


class SubmissionError(GraderError):
    """There is nothing that could be graded at the path that was given."""


class Fault(GraderError):
    """The grader failed: never the student's doing, and it costs no points."""
