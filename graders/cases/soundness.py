"""Whether a question can be graded at all: what is wrong with its arguments or its reference.

A reference that changes its arguments behind the author's back, answers the same call in two ways,
takes long, or depends on how its arguments lie in memory or on their precision, is no measure of
anybody's answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graders.cases.bank import FURTHER_TRIES, SLOWEST_SHARE, Bank, Case, options_for
from graders.cases.draw import draw_all
from graders.cases.examples import example_arguments
from graders.cases.layouts import lay_out
from graders.cases.reference import Observed, Reference, observe_reference
from graders.cases.tolerance import FACTOR, Unstable, largest, tolerances_of, widened, working_eps
from graders.checks.comparison import Expectation, Tolerance, compare
from graders.checks.mismatch import Path
from graders.checks.outcome import Outcome
from graders.errors import AssignmentError
from graders.spec import Question
from graders.worker import wire
from graders.worker.wire import ArgumentTensor

RESULTS: Final = frozenset({"returns", "errors", "type", "shape", "values"})
LAYOUT_FREE: Final = RESULTS | {"dtype", "arguments unchanged"}

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Unsound:
    """What is wrong with an assignment, and the call that shows it where there is one."""

    text: str
    function: str
    arguments: Arguments | None = None


def unsound(name: str, question: Question, reference: Reference, *, seed: int) -> list[Unsound]:
    """Return what is wrong with a question; of each kind, the first case that shows it."""
    try:
        examples = [example_arguments(question, example) for example in question.examples]
        drawn = [case.arguments for case in draw_all(question, examples, seed=seed)]
        return list(_Inspection(name, question, reference).faults(drawn))
    except AssignmentError as error:
        return [Unsound(error.message, name)]


def require_sound(name: str, question: Question, reference: Reference, bank: Bank) -> None:
    """Raise AssignmentError where the cases of a bank show a reference that is no measure.

    Every case is looked at, but repeated in other layouts and dtypes only one of each group.
    """
    inspection = _Inspection(name, question, reference)
    for case in bank.cases:
        inspection.require(inspection.changing, case)
    for case in _kinds(bank):
        inspection.require(inspection.by_layout, case)
        inspection.require(inspection.by_dtype, case)


def _kinds(bank: Bank) -> list[Case]:
    """Return of each group the case with the least work, if possible one that does not raise."""
    groups: dict[int | None, list[Case]] = {}
    for case in bank.cases:
        groups.setdefault(case.group, []).append(case)
    return [min(group, key=_work) for group in groups.values()]


def _work(case: Case) -> tuple[bool, int]:
    return "error" in case.observed.record, case.observed.operations


@dataclass(frozen=True)
class _Inspection:
    """Looks at one question's reference, call by call."""

    name: str
    question: Question
    reference: Reference

    def faults(self, drawn: Sequence[Arguments]) -> Iterator[Unsound]:
        finders = [self.random, self.raising, self.slow, self.changing]
        finders += [self.by_layout, self.by_dtype]
        changed: set[str] = set()
        for arguments in drawn:
            observed = self._observe(arguments)
            changed |= self._changed(arguments, observed.outcome())
            for find in [*finders]:
                text = find(arguments, observed)
                if text is not None:
                    finders.remove(find)
                    yield Unsound(f"{self.reference.path}: {text}", self.name, arguments)
        for argument in sorted({*self.question.changes} - changed):
            text = f"`{self.name}` never changes `{argument}`, which is listed under `changes`"
            yield Unsound(f"{self.reference.path}: {text}", self.name)

    def require(self, find: Callable[[Arguments, Observed], str | None], case: Case) -> None:
        text = find(case.arguments, case.observed)
        if text is not None:
            call = (self.name, case.arguments)
            raise AssignmentError(f"{self.reference.path}: {text}", call=call)

    def _observe(self, arguments: Arguments) -> Observed:
        options = options_for(self.question, iterate=True)
        return observe_reference(self.reference, self.name, list(arguments.values()), options)

    # ------------------------------------------------------------ what can be wrong

    def random(self, arguments: Arguments, observed: Observed) -> str | None:
        again = self._observe(arguments)
        if (observed.record, observed.payload) == (again.record, again.payload):
            return None
        return f"`{self.name}` gives different results for the same call"

    def raising(self, _: Arguments, observed: Observed) -> str | None:
        outcome = observed.outcome()
        if outcome.error is None or self.reference.raises_on_purpose(outcome):
            return None
        error = outcome.error
        return f"`{self.name}` raised {error.name} in line {error.line}: {error.text}"

    def slow(self, arguments: Arguments, observed: Observed) -> str | None:
        most = SLOWEST_SHARE * self.question.limits.seconds
        if observed.seconds <= most:
            return None
        seconds = observed.seconds
        for _ in range(FURTHER_TRIES):  # the first may warm up, and the machine may be busy
            seconds = min(seconds, self._observe(arguments).seconds)
            if seconds <= most:
                return None
        expected = f"at most {most:g} s, a tenth of the limit, is expected"
        return f"`{self.name}` took {seconds:.2f} s for one call; {expected}"

    def changing(self, arguments: Arguments, observed: Observed) -> str | None:
        hidden = self._changed(arguments, observed.outcome()) - {*self.question.changes}
        if not hidden:
            return None
        return f"`{self.name}` changes `{min(hidden)}`, which is not listed under `changes`"

    def _changed(self, arguments: Arguments, outcome: Outcome) -> set[str]:
        """Return the names of the arguments that a call changed."""
        owners = [name for name, value in arguments.items() for _ in wire.tensors_in([value])]
        names = [*arguments]
        return {owners[n] for n in outcome.changed} | {names[n] for n in outcome.lists}

    def by_layout(self, arguments: Arguments, observed: Observed) -> str | None:
        plain = {name: _mapped(value, _contiguous) for name, value in arguments.items()}
        if plain == arguments:
            return None
        allowed = self._tolerances(arguments, observed.outcome())
        if allowed is None:
            return None
        expectation = Expectation(observed.outcome(), _tensors(plain), allowed)
        if compare(expectation, self._observe(plain).outcome(), LAYOUT_FREE) is None:
            return None
        return f"`{self.name}` gives another result when the same values are contiguous in memory"

    def by_dtype(self, arguments: Arguments, observed: Observed) -> str | None:
        wide = {name: widened(value) for name, value in arguments.items()}
        if wide == arguments:
            return None
        exact = _without_dtypes(self._observe(wide).outcome())
        allowed = self._tolerances(arguments, exact, own_losses=False)
        if allowed is None:
            return None
        magnitude = max(1.0, largest([*arguments.values()]))  # what rounding may work on
        spare = FACTOR * working_eps([*arguments.values()], exact) * magnitude
        wider = {path: replace(t, allowed=t.allowed + spare) for path, t in allowed.items()}
        plain = _without_dtypes(observed.outcome())
        found = compare(Expectation(exact, _tensors(wide), wider), plain, RESULTS)
        if found is None:
            return None
        return f"`{self.name}` gives other {found.check} in float64, beyond what rounding explains"

    def _tolerances(
        self, arguments: Arguments, outcome: Outcome, *, own_losses: bool = True
    ) -> dict[Path, Tolerance] | None:
        """Return what rounding explains around an outcome; None where it explains everything."""

        def observe(values: list[Any]) -> Outcome:
            return self._observe(dict(zip(arguments, values, strict=True))).outcome()

        try:
            return tolerances_of(self.question, observe, arguments, outcome, own_losses=own_losses)
        except Unstable:
            return None


def _without_dtypes(outcome: Outcome) -> Outcome:
    """Return an outcome without the dtypes in its result, which follow those of the arguments."""
    return replace(outcome, value=_blind(outcome.value))


def _blind(value: Any) -> Any:
    match value:
        case list() | tuple():
            return [_blind(item) for item in value]
        case dict():
            return {key: _blind(item) for key, item in value.items()}
    return None if isinstance(value, wire.Dtype) else value


def _tensors(arguments: Arguments) -> tuple[ArgumentTensor, ...]:
    return tuple(wire.tensors_in(list(arguments.values())))


def _mapped(value: Any, change: Callable[[ArgumentTensor], ArgumentTensor]) -> Any:
    if isinstance(value, list | tuple):
        return type(value)(_mapped(item, change) for item in value)
    return change(value) if isinstance(value, ArgumentTensor) else value


def _contiguous(tensor: ArgumentTensor) -> ArgumentTensor:
    if tensor.contiguous and not tensor.offset:
        return tensor
    flat = lay_out(tensor.kind, tensor.dtype, tensor.numpy())
    return replace(flat, requires_grad=tensor.requires_grad)
