"""Whether an assignment contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from graders.spec import vocabulary
from graders.spec.assignment import Assignment, Question, property_check
from graders.spec.problems import Location, Problem, near_name
from graders.spec.references import reference_problems
from graders.spec.values import value_problems

_OPPOSITES = (("shares memory", "own memory"), ("own memory", "same object"))


_HINTED = {*vocabulary.CHECKS, *vocabulary.DIAGNOSES, "loads", "forbidden", "constant operations"}


def problems_of(assignment: Assignment) -> Iterator[Problem]:
    """Everything in the assignment that cannot be meant."""
    if assignment.sealed is not None and assignment.reference is not None:
        yield Problem(("sealed",), "there is also a `reference`; expected one of the two")
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
    for key, names in (("changes", question.changes), ("cancels", question.cancels)):
        for position, name in enumerate(names):
            if name not in question.arguments:
                text = f"no argument is called {name}; there are: {', '.join(question.arguments)}"
                hint = near_name(name, question.arguments, "argument")
                yield Problem((*at, key, position), text, hint)
    if question.cancels and not (question.rtol is None and question.atol is None):
        yield Problem((*at, "cancels"), "`rtol` and `atol` already say how close is close enough")
    yield from _hint_problems(question, active, at)
    yield from _visibility_problems(question, active, at)


def _hint_problems(question: Question, active: tuple[str, ...], at: Location) -> Iterator[Problem]:
    for key in question.hints:
        location = (*at, "hints", key)
        if key in vocabulary.CHECKS and key not in active:
            text = f"this check does not apply; checks of the question: {', '.join(active)}"
            yield Problem(location, text)
        elif key == "property" and not question.properties:
            yield Problem(location, "the question has no properties")
        elif key not in {*_HINTED, "property", *map(property_check, question.properties)}:
            yield Problem(location, "unknown check or diagnosis", _known_key(key))


def _visibility_problems(
    question: Question, active: tuple[str, ...], at: Location
) -> Iterator[Problem]:
    at = (*at, "visibility")
    known = [*active, *map(property_check, question.properties)]
    known += ["forbidden"] * bool(question.forbid)
    known += ["constant operations"] * bool(question.constant_operations_in)
    named = question.visibility if isinstance(question.visibility, dict) else {}
    for check in named:
        if check not in known:
            text = f"this check does not apply; checks of the question: {', '.join(known)}"
            yield Problem((*at, check), text, near_name(check, known, "check"))
    hidden = {*question.hidden_checks}
    if hidden and hidden >= {*known}:
        yield Problem(at, "every check is hidden", "`visibility: hidden` hides the question")
    elif isinstance(question.points, dict) and hidden >= {*question.points}:
        yield Problem(at, "all points are for hidden checks; expected some for a visible one")


def _known_key(key: str) -> str | None:
    for kind, known in (("check", vocabulary.CHECKS), ("diagnosis", vocabulary.DIAGNOSES)):
        for near in get_close_matches(key, known, n=1):
            return f"there is a {kind} called {near}"
    return None
