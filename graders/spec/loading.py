"""From a YAML file to an assignment that has been checked."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from graders.spec import scope
from graders.spec.assignment import Assignment, Question
from graders.spec.consistency import problems_of
from graders.spec.document import Document, read_document
from graders.spec.examples import example_problems
from graders.spec.problems import Problem, ReadError, assignment_error, shown


def load_assignment(path: Path) -> Assignment:
    """Read and check an assignment, or raise one `AssignmentError` with all its mistakes."""
    document = read_document(path)
    assignment = _validated(document)
    problems = [*problems_of(assignment)]
    # An example can only be judged by arguments that make sense.
    if problems := problems or [*example_problems(assignment)]:
        raise assignment_error(path, document.lines, problems)
    return _completed(assignment, path)


def _validated(document: Document) -> Assignment:
    try:
        return Assignment.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = dict.fromkeys(_problem(detail) for detail in details)
        raise assignment_error(document.path, document.lines, problems) from error


def _problem(detail: ErrorDetails) -> Problem:
    location = tuple(part for part in detail["loc"] if not str(part).startswith("<"))
    match detail.get("ctx", {}).get("error"):
        case ReadError(text=text, hint=hint, at=at):
            return Problem((*location, *at), text, hint)
    return Problem(location, f"found {shown(detail['input'])}, which does not fit here")


def _completed(assignment: Assignment, path: Path) -> Assignment:
    """Give each question the limits it inherits and the sizes that define themselves."""

    def complete(question: Question) -> Question:
        limits = question.limits.over(assignment.limits)
        sizes = scope.with_all_sizes(question)
        return question.model_copy(update={"limits": limits, "dimensions": sizes})

    questions = {name: complete(question) for name, question in assignment.questions.items()}
    return assignment.model_copy(update={"questions": questions}).moved(path)
