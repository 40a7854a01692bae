"""Whether an assignment contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from graders.spec import vocabulary
from graders.spec.assignment import Assignment, Question
from graders.spec.problems import Location, Problem, near_name
from graders.spec.references import reference_problems
from graders.spec.values import value_problems

_OPPOSITES = (("shares memory", "own memory"), ("own memory", "same object"))


_HINTED = {*vocabulary.CHECKS, *vocabulary.DIAGNOSES, "loads", "forbidden", "constant operations"}


def problems_of(assignment: Assignment) -> Iterator[Problem]:
    """Everything in the assignment that cannot be meant."""
    for name, question in assignment.questions.items():
        location: Location = ("questions", name)
        yield from _check_problems(question, location)
        # Values can only be judged once every name in them is known.
        yield from [*reference_problems(question, location)] or value_problems(question, location)


def _check_problems(question: Question, at: Location) -> Iterator[Problem]:
    for position, check in enumerate(question.skip):
        if check in question.checks:
            yield Problem((*at, "skip", position), f"`{check}` is also among the checks")
    active = question.active_checks
    for one, other in _OPPOSITES:
        if one in active and other in active:
            yield Problem((*at, "checks"), f"`{one}` and `{other}` contradict each other")
    if isinstance(question.points, dict):
        for check in question.points:
            if check not in active:
                text = f"this check does not apply; checks of the question: {', '.join(active)}"
                yield Problem((*at, "points", check), text)
    for position, name in enumerate(question.changes):
        if name not in question.arguments:
            text = f"no argument is called {name}; there are: {', '.join(question.arguments)}"
            hint = near_name(name, question.arguments, "argument")
            yield Problem((*at, "changes", position), text, hint)
    yield from _hint_problems(question, active, at)


def _hint_problems(question: Question, active: tuple[str, ...], at: Location) -> Iterator[Problem]:
    for key in question.hints:
        location = (*at, "hints", key)
        if key in vocabulary.CHECKS and key not in active:
            text = f"this check does not apply; checks of the question: {', '.join(active)}"
            yield Problem(location, text)
        elif key not in _HINTED and key not in map(_property_check, question.properties):
            yield Problem(location, "unknown check or diagnosis", _known_key(key))


def _property_check(name: str) -> str:
    return f"property {name.replace('_', ' ')}"


def _known_key(key: str) -> str | None:
    for kind, known in (("check", vocabulary.CHECKS), ("diagnosis", vocabulary.DIAGNOSES)):
        for near in get_close_matches(key, known, n=1):
            return f"there is a {kind} called {near}"
    return None
