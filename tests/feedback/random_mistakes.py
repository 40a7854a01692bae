"""Random wrong functions, and whether what is diagnosed about them is true of other cases, too.

Half of them are mutants of the references, half change a right result, or an argument, with one or
two random operations.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from claims import holds

from graders.audit.mutation import mutants
from graders.checks import mistake as k
from graders.feedback.diagnosis import diagnose
from graders.grading import Grader, _Grading
from graders.session import Session
from graders.submissions.source import Block, Source

OPERATIONS = """
    {r} * 2 | {r} / 3 | {r} * -1 | -{r} | {r} + 1 | {r} - 0.5 | {r} * 1.01 | {r} ** 2 | {r}.abs()
    {r}.sqrt() | {r}.exp() | {r}.log() | {r}.floor() | {r}.round() | {r}.clamp(min=0) | 1 / {r}
    {r}.T | {r}.mT | {r}.flip(0) | {r}.flip(-1) | {r}.roll(1, 0) | {r}.roll(-1, -1) | {r}[:-1]
    {r}[1:] | {r}[..., :-1] | {r}[None] | {r}.unsqueeze(-1) | {r}.squeeze() | {r}.flatten()
    {r}.sum(0) | {r}.mean(0) | {r}.sum(-1) | {r}.mean(-1) | {r}.mean() | {r}.amax(0) | {r}.cumsum(0)
    {r}.sort(0).values | {r}.half().to({r}.dtype) | {r}.float() | {r}.double() | {r}.long()
    {r}.bool() | {r}.to(torch.bfloat16).to({r}.dtype) | {r}.clone() | {r}.detach() | {r} * 0
    {r}.expand(2, *{r}.shape) | torch.cat([{r}, {r}]) | {r} - {r}.mean() | {r} / {r}.sum()
    {r}.reshape({r}.shape[::-1]) | {r}.movedim(0, -1) | torch.zeros_like({r}) | {r}.nan_to_num(0)
    torch.where({r} > 1, 1, {r}) | torch.where({r} < 0, {r} * 2, {r}) | {r}.sigmoid() | {r}.tanh()
    {r}.tril() | {r}.masked_fill({r} == 0, 1) | {r} * len({r}) | {r} / {r}.numel() | {r}.argsort(0)
"""
CHANGES = [
    change.strip()
    for line in OPERATIONS.split("\n")
    for change in line.split("|")
    if change.strip()
]
WRAPPED = """

_right = {function}
_arrays = []


def _changed(value, change):
    if isinstance(value, _numpy.ndarray):
        changed = change(torch.from_numpy(value.copy()))
        return changed.numpy() if isinstance(changed, torch.Tensor) else changed
    if isinstance(value, torch.Tensor):
        return change(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_changed(item, change) for item in value)
    if isinstance(value, dict):
        return {{key: _changed(item, change) for key, item in value.items()}}
    return value


def {function}(*arguments):
    arguments = list(arguments)
    {before}
    result = _right(*arguments)
    return _changed(result, lambda r: {after})
"""


@dataclass(frozen=True)
class Mistake:
    """A wrong function, as the text of a submission."""

    function: str
    change: str
    source: str


@dataclass(frozen=True)
class Tried:
    """What grading a wrong function came to."""

    mistake: Mistake
    diagnosis: k.Diagnosis | None = None
    failing: int = 0
    seconds: float = 0.0  # CPU time of the diagnosis
    false: str = ""  # what is not true of the cases that it was made from
    narrow: str = ""  # what is true of these, but not of other cases


def all_mutants(grader: Grader) -> list[Mistake]:
    text = grader.store.reference.source
    names = list(grader.assignment.questions)
    return [
        Mistake(name, mutant.change, mutant.source)
        for name in names
        for mutant in mutants(text, name, names)
    ]


def compositions(grader: Grader, seed: int) -> Iterator[Mistake]:
    """Yield endlessly many random changes of the references of an assignment."""
    chance = random.Random(seed)
    text = f"import numpy as _numpy\nimport torch\n{_body(grader.store.reference.source)}"
    while True:
        function = chance.choice(list(grader.assignment.questions))
        question = grader.assignment.questions[function]
        after, before = "r", "pass"
        for _ in range(chance.choice((1, 1, 1, 2))):
            after = chance.choice(CHANGES).format(r=f"({after})" if after != "r" else "r")
        if chance.random() < 0.25:
            place = chance.randrange(len(question.arguments))
            inner = chance.choice(CHANGES).format(r="r")
            after, before = (
                "r",
                f"arguments[{place}] = _changed(arguments[{place}], lambda r: {inner})",
            )
        made = WRAPPED.format(function=function, before=before, after=after)
        yield Mistake(function, f"{before}; {after}", text + made)


def _body(source: str) -> str:
    return source.replace("from __future__ import annotations", "")


def tried(mistake: Mistake, graders: tuple[Grader, Grader]) -> Tried | None:
    """Diagnose a function with one bank, and check every claim with it and with another bank.

    None where the function is right.
    """
    source = Source("hw.py", (Block(mistake.source, None),), ())
    runs = [_failures(grader, mistake.function, source) for grader in graders]
    (failures, passed), others = runs
    if not failures:
        return None
    started = time.process_time()
    found = diagnose(failures, passed)
    seconds = time.process_time() - started
    result = Tried(mistake, found, len(failures), seconds)
    if found is None:
        return result
    return replace(
        result,
        false=untrue(lambda: holds(found, failures, passed)),
        narrow=untrue(lambda: _holds_elsewhere(found, *others)),
    )


def untrue(claim: Callable[[], object]) -> str:
    """Return what is not true of a claim; one that cannot be looked at is not true."""
    try:
        claim()
    except AssertionError as error:
        return str(error) or "claim"
    except Exception as error:
        return f"not to be compared: {error!r}"
    return ""


def _failures(grader: Grader, name: str, source: Source):
    question = grader.assignment.questions[name]
    bank = grader.store.bank(name, question)
    with Session(grader.workers, grader.assignment.name, source) as session:
        grading = _Grading(grader, session, question, bank)
        if grading._missing(session.shared(grading.limits)) is not None:
            return [], []
        run = grading._run(session.shared(grading.limits), bank, eager=True)
    failures = grading._judge(bank, run)
    wrong = {id(failure.case) for failure in failures}
    return failures, [case for case in bank.cases[: len(run.answers)] if id(case) not in wrong]


def _holds_elsewhere(found, failures, passed):
    """Assert that a mistake explains what fails in cases that it was not found on."""
    if failures:
        holds(found, failures, passed, anew=True)
