"""The losses of training runs: the student's beside those of the reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graders.cases.bank import Bank, Case, options_for
from graders.checks.outcome import decode_outcome
from graders.feedback.literal import shown
from graders.grading import Grader
from graders.session import Session
from graders.spec import Question
from graders.submissions.source import Source
from graders.verdicts import QuestionResult, Report
from graders.worker.client import Limits, Loaded
from graders.worker.wire import BrokenFrame, tensors_in


@dataclass(frozen=True)
class Curve:
    """The losses of one call, epoch by epoch."""

    call: str  # what it was called with, but for its data
    expected: tuple[float, ...]
    returned: tuple[float, ...]


def loss_curves(grader: Grader, source: Source, report: Report) -> dict[str, Curve]:
    """Return a curve for every question that trains something and whose function gives losses.

    It is that of the longest training among the question's cases.
    """
    curves = {}
    with Session(grader.workers, grader.assignment.name, source) as session:
        for result in report.questions:
            if not _returns(result):
                continue
            question = grader.assignment.questions[result.function]
            bank = grader.store.bank(result.function, question)
            case = max(bank.cases, key=_epochs)
            returned = _losses_returned(session, question, bank, case) if _epochs(case) else ()
            if returned:
                expected = _losses(case.observed.outcome().value)
                curves[result.function] = Curve(_settings(case), expected, returned)
    return curves


def _returns(result: QuestionResult) -> bool:
    """Whether there was nothing against calling the function once more."""
    stopped = any(check.check in ("loads", "returns") for check in result.failed)
    return result.verdict != "fault" and not stopped


def _epochs(case: Case) -> int:
    return len(_losses(case.observed.outcome().value))


def _losses(value: Any) -> tuple[float, ...]:
    """Return the list of two or more floats that a pair or triple holds, if it holds one."""
    if not isinstance(value, tuple):
        return ()
    for item in value:
        if isinstance(item, list) and len(item) > 1 and all(type(loss) is float for loss in item):
            return tuple(item)
    return ()


def _losses_returned(
    session: Session, question: Question, bank: Bank, case: Case
) -> tuple[float, ...]:
    limits = Limits(question.limits.seconds, question.limits.total_seconds)
    program = session.shared(limits)
    if not isinstance(program.loaded, Loaded) or bank.function not in program.loaded.callables:
        return ()
    call = bank.only([case]).calls
    options = options_for(question, iterate=bank.iterates)
    run = program.run(bank.function, call, options=options, limits=limits)
    try:
        outcomes = [decode_outcome(answer.record, answer.payload) for answer in run.answers]
    except BrokenFrame:
        return ()
    return _losses(outcomes[0].value) if outcomes else ()


def _settings(case: Case) -> str:
    """Return the arguments that are no tensors, as in `lr=0.1, epochs=30`."""
    return ", ".join(
        f"{name}={shown(value)}"
        for name, value in case.arguments.items()
        if not any(True for _ in tensors_in(value))
    )
