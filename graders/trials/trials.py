"""Tries the properties of a question: on a submission, and on the reference."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final

from graders.cases.bank import FURTHER_TRIES, SLOWEST_SHARE, options_for
from graders.cases.reference import Observed, Reference, observe_reference
from graders.checks import mismatch as m
from graders.checks.comparison import Expectation, compare
from graders.checks.outcome import Outcome, decode_outcome
from graders.errors import AssignmentError
from graders.feedback.wording import calls_code
from graders.judging import ending_mismatch
from graders.session import Program, Session
from graders.spec import Assignment, Question, property_check
from graders.trials.author import PropertyFile, said
from graders.trials.trial import Ended, Trial
from graders.verdicts import CheckResult, Finding, Steadiness
from graders.worker.client import Limits, Loaded, encode_cases
from graders.worker.wire import BrokenFrame

KIND: Final = frozenset({"returns", "errors", "type", "shape", "dtype"})


@dataclass
class Trials:
    """Tries the properties of one assignment."""

    assignment: Assignment
    reference: Reference | None  # None in a release, which was made after all properties held
    seed: int  # of what Hypothesis draws
    explain: bool = True  # whether to look for the simplest calls that show a mistake
    _kept: set[str] = field(default_factory=set)  # properties that the reference is known to have

    def results(
        self, function: str, question: Question, session: Session, limits: Limits
    ) -> list[CheckResult]:
        """Try a question's properties on a submission, up to the first that does not hold."""
        results: list[CheckResult] = []
        needs: str | None = None
        for name in question.properties:
            if needs is None:
                results.append(self._result(function, name, session, limits))
                needs = results[-1].check if results[-1].verdict == "failed" else None
            else:
                results.append(_skipped(name, needs))
        return results

    def check_reference(self, question: str) -> None:
        """Try a question's properties on the reference; raises AssignmentError unless all is well.

        A property that does not exist, draws nothing, raises or is slow is not well.
        """
        most = SLOWEST_SHARE * self.assignment.questions[question].limits.seconds
        for name in self.assignment.questions[question].properties:
            slowest = self._try_reference(name)
            for _ in range(FURTHER_TRIES):  # the first may warm up, and the machine may be busy
                if slowest > most:
                    slowest = min(slowest, self._try_reference(name))
            if slowest > most:
                raise AssignmentError(
                    f"{self._file.path}: `{name}` makes a call that takes the reference "
                    f"{slowest:.2f} s; at most {most:g} s, a tenth of the limit, is expected"
                )

    def _result(self, question: str, name: str, session: Session, limits: Limits) -> CheckResult:
        trial = self._trial(name, session.shared(limits), limits)
        trial.run()
        if not trial.holds:
            if (
                self.reference is not None and name not in self._kept
            ):  # what the reference cannot keep costs nobody points
                self._try_reference(name)
            with session.fresh(limits) as fresh:  # nor does what a fresh worker does not show
                trial = self._trial(name, fresh, limits)
                trial.simplify = self.explain
                trial.run()
        check = property_check(name)
        if trial.holds:
            return CheckResult(check, "cpu", "passed", trial.examples)
        finding = self._finding(question, trial, session, limits)
        return CheckResult(check, "cpu", "failed", trial.examples, 1, finding)

    def _finding(self, question: str, trial: Trial, session: Session, limits: Limits) -> Finding:
        broken = trial.broken or self._misfit(trial)
        steadiness: Steadiness = "steady"
        if self.explain and (broken.how is None or isinstance(broken.how, m.Raised)):
            with session.fresh(limits) as fresh:
                steadiness = self._trial(trial.name, fresh, limits).steadiness(trial)
        arguments = broken.calls[-1][1] if broken.calls else None
        return Finding(question, broken, arguments, steadiness=steadiness)

    # ------------------------------------------------------------ who answers

    @cached_property
    def _file(self) -> PropertyFile:
        return PropertyFile.read(self.assignment.properties_path)

    def _trial(self, name: str, program: Program, limits: Limits) -> Trial:
        ask = partial(self._ask_program, program, limits)
        seconds = limits.total_seconds
        return Trial(name, self._file.test(name), self.assignment, self.seed, ask, seconds)

    def _ask_program(
        self, program: Program, limits: Limits, function: str, cases: list[list[Any]]
    ) -> Outcome:
        loaded = program.loaded
        if isinstance(loaded, Loaded) and function not in loaded.callables:
            return Outcome(error=m.Error(("NameError",), f"name '{function}' is not defined"))
        run = program.run(
            function, encode_cases(cases), options=self._options(function), limits=limits
        )
        ended = ending_mismatch(run.ending)
        if ended is not None:
            raise Ended(ended)
        try:
            return decode_outcome(run.answers[-1].record, run.answers[-1].payload)
        except BrokenFrame:
            raise Ended(m.WroteAnswers()) from None

    def _options(self, function: str) -> dict[str, Any]:
        return options_for(self.assignment.questions[function], iterate=True)

    def _observe(self, function: str, arguments: list[Any]) -> Observed:
        assert self.reference is not None
        return observe_reference(self.reference, function, arguments, self._options(function))

    # ------------------------------------------------------------ whose mistake it is

    def _try_reference(self, name: str) -> float:
        """Require that a property holds for the reference; return the time of its slowest call."""
        seconds: list[float] = []

        def ask(function: str, cases: list[list[Any]]) -> Outcome:
            seen = [self._observe(function, arguments) for arguments in cases]
            seconds.extend(observed.seconds for observed in seen)
            return seen[-1].outcome()

        trial = Trial(name, self._file.test(name), self.assignment, self.seed, ask, simplify=True)
        trial.run()
        if not trial.holds:
            raise self._mistake(trial)
        self._kept.add(name)
        return max(seconds, default=0.0)

    def _mistake(self, trial: Trial) -> AssignmentError:
        """Return what is wrong with a property, or with the reference that does not keep it."""
        match trial.broken:
            case None:
                assert trial.error is not None
                what = said(trial.error)
            case m.PropertyBroken(how=m.Raised(error)):
                what = f"the reference raises {error.name}: {error.text}"
            case m.PropertyBroken(text=text):
                what = "the reference does not keep it" + (f": {text}" if text else "")
        calls = "; ".join(calls_code(trial.calls))
        return AssignmentError(
            f"{self._file.path}: {trial.name}: {what}" + (f" (after `{calls}`)" if calls else "")
        )

    def _misfit(self, trial: Trial) -> m.PropertyBroken:
        """Return which result made a property raise: the first of another kind than expected.

        Where each is of the kind that the reference returns, the property is to blame.
        """
        if self.reference is None:
            return m.PropertyBroken(trial.name, tuple(trial.calls))
        for call, outcome in zip(trial.calls, trial.outcomes, strict=False):
            function, arguments = call
            expected = self._observe(function, list(arguments.values())).outcome()
            misfit = compare(Expectation(expected), outcome, KIND)
            if misfit is not None:
                return m.PropertyBroken(trial.name, (call,), how=misfit)
        raise self._mistake(trial)


def _skipped(name: str, needs: str) -> CheckResult:
    """Return that a property was not tried, because another check must pass first."""
    return CheckResult(property_check(name), "cpu", "skipped", needs=needs)
