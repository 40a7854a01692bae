"""Grades one submission: the whole flow on one screen."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graders.cases.bank import Bank, Banks, Case, options_for
from graders.cases.reference import Reference
from graders.cases.sealed import SealedBanks
from graders.cases.store import BankStore
from graders.checks import mismatch as m
from graders.checks.mistake import Diagnosis
from graders.checks.rules import (
    forbidden_in_call,
    forbidden_in_source,
    growing_operations,
    growing_steps,
)
from graders.errors import AssignmentError, Fault, UsageError
from graders.feedback.naming import similar_name
from graders.fingerprint import ENDED, fingerprint
from graders.hidden import points_of, with_hidden, with_skipped
from graders.judging import Failure, ending_mismatch, first_failure, judge_run, simplest_known
from graders.said import said
from graders.session import Program, Session
from graders.spec import Assignment, Question, missing_functions, property_check
from graders.submissions.source import Block, Source
from graders.verdicts import (
    CheckResult,
    Cuda,
    Finding,
    Fingerprint,
    QuestionResult,
    Report,
    Steadiness,
)
from graders.worker.client import Finished, Limits, Loaded, Run, WorkerSource
from graders.worker.wire import printable, tensors_in

if TYPE_CHECKING:
    from graders.trials import Trials
    from graders.worker.sources import Gpu

REPLAYS: Final = 10
ACCELERATOR: Final = "accelerator"
CUDA: Final = "cuda"
AUTO, ALL = "auto", "all"  # choices of devices beside one of them
TENSORS_SAY: Final = {ACCELERATOR: "accel", CUDA: "cuda"}  # what they call their device
GPU_SECONDS: Final = 10.0  # more for a call: libraries are loaded when they are first needed
GPU_TOTAL_SECONDS: Final = 60.0
REFERENCE_DIFFERS: Final = said("there the reference gives other results than on the CPU")
MEBIBYTE: Final = 1 << 20


def open_reference(assignment: Assignment) -> Reference:
    """Read the reference; raises AssignmentError unless it defines every question's function."""
    if assignment.sealed is not None:
        raise UsageError(
            said("{file}: the cases are sealed; this needs the reference", file=assignment.path)
        )
    reference = Reference.read(assignment.reference_path)
    missing = missing_functions(assignment, reference.functions())
    if missing:
        raise AssignmentError(
            f"{assignment.path}: questions.{missing[0]}: {reference.path} defines no such function"
        )
    return reference


def open_banks(assignment: Assignment, folder: Path | None) -> Banks:
    """Return what gives the banks of an assignment; those that are built are kept in `folder`."""
    if assignment.sealed_path is not None:
        return SealedBanks(assignment.sealed_path, seed=assignment.seed)
    return BankStore(open_reference(assignment), seed=assignment.seed, folder=folder)


@dataclass
class Grader:
    """Grades submissions of one assignment, one after the other."""

    assignment: Assignment
    store: Banks
    workers: WorkerSource
    explain: bool = True  # whether to look for the simplest call that shows a mistake
    with_trees: bool = False  # whether to look at how functions are written, too
    device: str = AUTO  # on which devices calls are repeated, beside the CPU
    gpu: Gpu | None = None

    @cached_property
    def trials(self) -> Trials:
        """Tries the properties of the assignment."""
        from graders.trials import Trials  # brings Hypothesis, which most questions do without

        return Trials(
            self.assignment, self.store.reference, seed=self.store.seed, explain=self.explain
        )

    def prepare(self) -> None:
        """Have the calls of all questions ready in each worker: it pays for a class."""
        for name, question in self.assignment.questions.items():
            with contextlib.suppress(AssignmentError):  # who is graded is told
                bank = self.store.bank(name, question.public())
                self.workers.prepare("cpu", bank.calls)
                if self.repeats_on(ACCELERATOR, question, bank.sample):
                    self.workers.prepare(ACCELERATOR, bank.sample.calls)

    def repeats_on(self, device: str, question: Question, sample: Bank) -> bool:
        """Whether calls of a question are repeated on a device, where there is one."""
        chosen = self.device in (AUTO, ALL, device)
        return chosen and device in question.devices and _take_tensors(sample.cases)

    def grade(
        self,
        source: Source,
        *,
        only: Sequence[str] = (),
        progress: Callable[[str], None] = lambda name: None,
        so_far: Callable[[Report], None] | None = None,
    ) -> Report:
        """Return the report on a submission, or on some of its questions.

        `so_far` is given what is known after each question but the last.
        """
        results: list[QuestionResult] = []
        names = only or [*self.assignment.questions]
        with Session(self.workers, self.assignment.name, source) as session:
            if self.with_trees:
                session.inspect_first(self.forbidden, [*self.assignment.questions])
            for name in names:
                progress(name)
                results.append(self.grade_question(session, name))
                if so_far is not None and len(results) < len(names):
                    so_far(self._report(session, results))
            return replace(self._report(session, results), trees=session.trees)

    def _report(self, session: Session, results: Sequence[QuestionResult]) -> Report:
        return Report(
            self.assignment.name,
            session.name,
            tuple(results),
            tuple(session.problems()),
            session.texts,
            self.workers.isolation,
            cuda=self._cuda(),
        )

    def _cuda(self) -> Cuda:
        """Return what a report says about CUDA."""
        asked = self.device in (CUDA, ALL)
        if self.gpu is None:
            return Cuda(asked=asked)
        if self.gpu.absent is not None:
            return Cuda(absent=self.gpu.absent, asked=asked)
        return Cuda(self.gpu.name, self.gpu.isolation, None, asked)

    def fails_a_call(self, session: Session, name: str) -> bool:
        """Whether a call of a question's bank goes wrong, twice: less work than a grading.

        There is more to fail in than calls.
        """
        question = self.assignment.questions[name]
        try:
            bank = self.store.bank(name, question)
        except AssignmentError:
            return False
        return _Grading(self, session, question, bank).fails_a_call()

    @property
    def forbidden(self) -> dict[str, Sequence[str]]:
        """What each question forbids, where one does."""
        return {name: q.forbid for name, q in self.assignment.questions.items() if q.forbid}

    def grade_question(self, session: Session, name: str) -> QuestionResult:
        """Grade one question of a submission in its session; a fault of ours costs no points."""
        question = self.assignment.questions[name]
        try:
            result = self._result(session, name, question)
        except AssignmentError as error:
            points = question.max_points
            result = QuestionResult(name, points, points, "fault", 0.0, fault=_said(error))
        return replace(result, hidden=question.visibility == "hidden")

    def _result(self, session: Session, name: str, question: Question) -> QuestionResult:
        """Make the public checks as a release makes them, and hidden ones where these pass."""
        public = question.public()
        bank = self.store.bank(name, public)
        result = _Grading(self, session, public, bank).result()
        if public is question:
            return result
        if result.verdict == "failed":
            return with_skipped(result, question)
        bank = self.store.bank(name, question)
        return with_hidden(result, _Grading(self, session, question, bank).result(), question)


@dataclass
class _Grading:
    """One question of one submission while it is graded."""

    grader: Grader
    session: Session
    question: Question
    bank: Bank
    device: str = "cpu"

    def result(self) -> QuestionResult:
        program = self.session.shared(self.limits)
        missing = self._missing(program)
        if missing is not None:
            return self._failed([missing], missing)
        run = recorded = self._run(program, self.bank, record=self.has_rules)
        failures = self._judge(self.bank, run)
        if failures:  # only what happens in a fresh worker costs points
            with self.session.fresh(self.limits) as fresh:
                run = self._run(fresh, self.bank, eager=True)
                failures = self._judge(self.bank, run)
        if (
            not failures
            and self.has_rules
            and (run is not recorded or self._broken_rules(recorded))
        ):
            with self.session.fresh(self.limits) as fresh:
                failures = self._broken_rules(self._run(fresh, self.bank, record=True))
        chosen = first_failure(failures)
        if chosen is not None:
            return self._failed(failures, chosen, run)
        return self._passed(run.seconds)

    def fails_a_call(self) -> bool:
        program = self.session.shared(self.limits)
        if self._missing(program) is not None:
            return True
        failures = self._judge(self.bank, self._run(program, self.bank))
        if not failures:
            return False
        again = self.bank.only([failures[0].case])
        with self.session.fresh(self.limits) as fresh:
            return bool(self._judge(again, self._run(fresh, again, eager=True)))

    # ------------------------------------------------------------ calls and checks

    @cached_property
    def limits(self) -> Limits:
        given = self.question.limits
        return Limits(
            given.seconds,
            given.total_seconds,
            given.wall_seconds,
            memory=given.memory * MEBIBYTE,
            output=given.output * MEBIBYTE,
            result=given.result * MEBIBYTE,
            scratch=given.scratch * MEBIBYTE,
            threads=given.threads,
        )

    @cached_property
    def checks(self) -> frozenset[str]:
        return frozenset(self.question.active_checks)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all checks that the question has."""
        rules = [("forbidden", self.question.forbid)]
        rules.append(("constant operations", self.question.constant_operations_in))
        return (*self.question.active_checks, *(name for name, given in rules if given))

    @property
    def has_rules(self) -> bool:
        return bool(self.question.forbid or self.question.constant_operations_in)

    def _run(
        self,
        program: Program,
        bank: Bank,
        *,
        eager: bool = False,
        record: bool = False,
        device: str = "cpu",
        limits: Limits | None = None,
    ) -> Run:
        options = options_for(
            self.question, iterate=self.bank.iterates, operations=record, device=device
        )
        return program.run(
            bank.function,
            bank.calls,
            options=options,
            expected=bank.expected(TENSORS_SAY.get(device, device)),
            eager=eager,
            limits=limits or self.limits,
        )

    def _judge(self, bank: Bank, run: Run, device: str = "cpu") -> list[Failure]:
        return judge_run(bank, run, self.checks, TENSORS_SAY.get(device, device))

    def _broken_rules(self, run: Run) -> list[Failure]:
        """Return what the function uses that is forbidden, and the work that grows."""
        function, first = self.bank.function, self.bank.cases[0]
        if self.question.forbid:
            in_text = self.session.inspect(self.grader.forbidden)
            if in_text is None:
                return [Failure(function, first, m.NotExamined(self.session.name))]
            in_source = forbidden_in_source(in_text.uses.get(function, []))
            if in_source is not None:
                return [Failure(function, first, in_source)]
        failures = []
        for case, operations in zip(self.bank.cases, run.operations, strict=False):
            in_call = forbidden_in_call(self.question.forbid, operations.names)
            if in_call is not None:
                failures.append(Failure(function, case, in_call))
        for size, places in self.bank.scaling.items():
            counted = run.operations
            seen = {n: counted[place] for n, place in places.items() if place < len(counted)}
            growing = growing_operations(size, {n: each.number for n, each in seen.items()})
            growing = growing or growing_steps(size, {n: each.steps for n, each in seen.items()})
            if growing is not None:
                failures.append(Failure(function, first, growing))
        ended = ending_mismatch(run.ending)  # a way out of being watched
        return failures or ([Failure(function, first, ended)] if ended is not None else [])

    def _missing(self, program: Program) -> Failure | None:
        """Return why the function is not there, if it is not."""
        name, loaded = self.bank.function, program.loaded
        if not isinstance(loaded, Loaded):
            ended = ending_mismatch(loaded)
            assert ended is not None
            return Failure(name, self.bank.cases[0], m.NotLoaded(self.session.name, ended))
        if name in loaded.callables:
            return None
        found = [place for place in loaded.definitions if place[0] == name]
        _, line, where, file = found[-1] if found else ("", 0, "", self.session.name)
        similar = similar_name(name, [n for n in loaded.callables if n not in self._names()])
        stopped = file in self.session.stopped_files()
        mismatch = m.NotDefined(file, similar, line, where == "main", stopped)
        return Failure(name, self.bank.cases[0], mismatch)

    def _names(self) -> set[str]:
        return set(self.grader.assignment.questions)

    # ------------------------------------------------------------ verdicts

    def _passed(self, seconds: float) -> QuestionResult:
        """Return the result of a function that is right on the CPU, going on to what is left."""
        name, points, cases = self.bank.function, self.question.max_points, len(self.bank.cases)
        results = [CheckResult(check, self.device, "passed", cases) for check in self.names]
        results += self._on_accelerator()
        if _all_hold(results):
            results += self._on_cuda()
        if _all_hold(results) and self.question.properties:
            trials = self.grader.trials
            results += trials.results(name, self.question, self.session, self.limits)
        if _all_hold(results):
            return QuestionResult(name, points, points, "passed", seconds, tuple(results))
        reached = points_of(self.question, results)
        return QuestionResult(name, reached, points, "failed", seconds, tuple(results))

    def _failed(
        self,
        failures: list[Failure],
        chosen: Failure,
        run: Run | None = None,
    ) -> QuestionResult:
        failed = chosen.mismatch.check
        failing = sum(failure.mismatch.check == failed for failure in failures)
        finding, shown = self._explain(chosen, failures)
        steady = finding.steadiness == "steady"
        diagnosis = self._diagnose(failures, shown, run) if run is not None else None
        if steady:
            finding = replace(finding, diagnosis=diagnosis)
        cases, names = self.bank.cases, self.names
        mark = fingerprint(failures, chosen, cases, run, steady=steady, diagnosis=diagnosis)
        results = [
            self._check_result(check, failed, failing, finding, mark)
            for check in (("loads", *names) if failed == "loads" else names)
        ]
        results += [
            CheckResult(property_check(name), "cpu", "skipped", needs=failed)
            for name in self.question.properties
        ]
        return QuestionResult(
            self.bank.function,
            points_of(self.question, results),
            self.question.max_points,
            "failed",
            run.seconds if run is not None else 0.0,
            tuple(results),
        )

    def _check_result(
        self, check: str, failed: str, failing: int, finding: Finding, mark: Fingerprint
    ) -> CheckResult:
        cases = len(self.bank.cases)
        if check == failed:
            counts = cases, failing
            return CheckResult(check, self.device, "failed", *counts, finding, fingerprint=mark)
        if m.ORDER.index(check) < m.ORDER.index(failed):
            return CheckResult(check, self.device, "passed", cases)
        return CheckResult(check, self.device, "skipped", needs=failed)

    # ------------------------------------------------------------ other devices

    def _on_accelerator(self) -> list[CheckResult]:
        """Repeat some calls with tensors that claim another device: what a laptop never shows."""
        sample = self.bank.sample
        if not self.grader.repeats_on(ACCELERATOR, self.question, sample):
            return []
        failures, run = self._repeat(self.session, sample, ACCELERATOR, self.limits)
        if failures:
            return [self._failed_on(ACCELERATOR, sample, failures)]
        unsupported = [a.record["unsupported"] for a in run.answers if "unsupported" in a.record]
        if unsupported:
            what = printable(str(unsupported[0]))
            return [CheckResult("device", ACCELERATOR, "skipped", unsupported=what)]
        return [CheckResult("device", ACCELERATOR, "passed", len(sample.cases))]

    def _on_cuda(self) -> list[CheckResult]:
        """Repeat the same calls, but those that must raise, on a GPU, where there is one."""
        gpu = self.grader.gpu
        if gpu is None:
            return []
        sample = self.bank.sample_on_gpu
        if not self.grader.repeats_on(CUDA, self.question, sample) or gpu.absent is not None:
            return []
        try:
            return [self._checked_on(gpu, sample)]
        except Fault as fault:  # of a GPU that is gone, or full
            return [CheckResult("device", CUDA, "skipped", unchecked=fault.message)]

    def _checked_on(self, gpu: Gpu, sample: Bank) -> CheckResult:
        limits = _on_gpu(self.limits)
        session = self.session.elsewhere(gpu, gpu.turn(limits))
        failures, run = self._repeat(session, sample, CUDA, limits)
        reason = None
        if any("unsupported" in answer.record for answer in run.answers):
            reason = said("other programs hold the memory of the GPU")
        elif failures and not self._reference_holds(gpu, failures):
            reason = REFERENCE_DIFFERS
        if reason is not None:
            return CheckResult("device", CUDA, "skipped", unchecked=reason)
        if failures:
            return self._failed_on(CUDA, sample, failures)
        return CheckResult("device", CUDA, "passed", len(sample.cases))

    def _repeat(
        self, session: Session, sample: Bank, device: str, limits: Limits
    ) -> tuple[list[Failure], Run]:
        """Make calls on a device; only what goes wrong in a fresh worker as well is a failure."""
        run = self._run(session.shared(limits), sample, device=device, limits=limits)
        failures = self._judge(sample, run, device)
        if failures:
            with session.fresh(limits) as fresh:
                run = self._run(fresh, sample, eager=True, device=device, limits=limits)
                failures = self._judge(sample, run, device)
        return failures, run

    def _reference_holds(self, gpu: Gpu, failures: Sequence[Failure]) -> bool:
        """Whether the reference does on the GPU what it does on the CPU: else nobody can."""
        reference = self.grader.store.reference
        if reference is None:
            return True
        source = Source(reference.path.name, (Block(reference.source, None),), ())
        limits = _on_gpu(self.limits)
        bank = self.bank.only(failure.case for failure in failures)
        with Session(gpu, self.grader.assignment.name, source) as session:
            run = self._run(session.shared(limits), bank, device=CUDA, limits=limits)
        told = all("unsupported" not in answer.record for answer in run.answers)
        return told and not self._judge(bank, run, CUDA)

    def _failed_on(self, device: str, sample: Bank, failures: list[Failure]) -> CheckResult:
        chosen = first_failure(failures)
        assert chosen is not None
        finding = replace(_finding(chosen), device=device)
        counts = len(sample.cases), len(failures)
        mark = fingerprint(failures, chosen, sample.cases, None)
        return CheckResult("device", device, "failed", *counts, finding, fingerprint=mark)

    # ------------------------------------------------------------ explaining

    def _explain(self, failure: Failure, failures: Sequence[Failure]) -> tuple[Finding, Failure]:
        """Return what is shown of a failure, and the failure that is shown for it."""
        alone = m.NotDefined | m.NotLoaded | m.NotExamined | m.GrowingOperations
        if isinstance(failure.mismatch, alone):
            return Finding(failure.function, failure.mismatch), failure
        if isinstance(failure.mismatch, m.Forbidden):
            arguments = None if failure.mismatch.file else failure.case.arguments
            return Finding(failure.function, failure.mismatch, arguments), failure
        if not self.grader.explain or isinstance(failure.mismatch, ENDED):
            return _finding(failure), failure
        simple = self._simplest(failure, failures)
        steadiness, printed = self._replay(simple)
        return _finding(simple, steadiness, printed), simple

    def _diagnose(self, failures: list[Failure], shown: Failure, run: Run) -> Diagnosis | None:
        """Return the mistake that explains all failures: those of the bank, and the one shown."""
        from graders.feedback.diagnosis import diagnose  # not on the way to a right answer

        wrong = {id(failure.case) for failure in failures}
        tried = self.bank.cases[: len(run.answers)]
        more = [] if id(shown.case) in wrong else [shown]
        try:
            found = diagnose([*failures, *more], [case for case in tried if id(case) not in wrong])
            return found and replace(found, failing=found.failing - len(more))
        except Exception as error:  # a mistake of ours must not lose the verdict
            what = f"{type(error).__name__}: {error}"
            warnings.warn(f"no diagnosis of `{self.bank.function}`: {what}", stacklevel=2)
            return None

    def _simplest(self, failure: Failure, failures: Sequence[Failure]) -> Failure:
        if failure.case.group is None or failure.case.simplest:
            return failure  # an example, or a draw than which none is simpler
        reference, seed = self.grader.store.reference, self.grader.store.seed
        if reference is None:
            return simplest_known(failure, failures)
        from graders.feedback.counterexample import Search, simplest

        search = Search(self.question, reference, seed, self.checks, self.device)
        with self.session.fresh(self.limits) as fresh:
            return simplest(failure, search, lambda bank: self._run(fresh, bank, eager=True))

    def _replay(self, failure: Failure) -> tuple[Steadiness, str]:
        """Repeat a call in a fresh worker: whether it always shows the same, and what it prints."""
        with self.session.fresh(self.limits) as fresh:
            alone = self.bank.only([failure.case])
            fresh.worker.output()
            first = self._run(fresh, alone)
            printed = fresh.worker.output()
            seen = _fingerprints(first)
            if fresh.alive:  # in one request: each one begins with the same random state
                seen |= _fingerprints(self._run(fresh, self.bank.only([failure.case] * REPLAYS)))
        if len(seen) > 1:
            return "random", printed
        return ("steady" if self._judge(alone, first) else "history"), printed


def _said(error: AssignmentError) -> str:
    """Return what is wrong with an assignment, with the call that shows it."""
    if error.call is None:
        return error.message
    from graders.feedback.literal import call_code  # nothing to do with a right assignment

    return f"{error.message} (see `{'; '.join(call_code(*error.call))}`)"


def _on_gpu(limits: Limits) -> Limits:
    """Return the limits of a call that may be the first to use a library of CUDA."""
    seconds = limits.seconds + GPU_SECONDS
    total = limits.total_seconds + GPU_TOTAL_SECONDS
    wall = limits.wall_seconds and limits.wall_seconds + GPU_SECONDS
    return replace(limits, seconds=seconds, total_seconds=total, wall_seconds=wall)


def _all_hold(results: Sequence[CheckResult]) -> bool:
    return all(result.verdict != "failed" for result in results)


def _take_tensors(cases: Sequence[Case]) -> bool:
    """Whether any of the calls has a tensor among its arguments."""
    return any(
        tensor.kind == "tensor"
        for case in cases
        for tensor in tensors_in(list(case.arguments.values()))
    )


def _finding(failure: Failure, steadiness: Steadiness = "steady", printed: str = "") -> Finding:
    case = failure.case
    return Finding(
        failure.function,
        failure.mismatch,
        case.arguments,
        case.expectation(),
        steadiness,
        case.observed.seconds,
        printed,
    )


def _fingerprints(run: Run) -> set[bytes]:
    """Return what tells the answers of a run apart: not their time.

    Seeding moves a global random state once and not again: that is no other result.
    """
    found = {
        repr({**answer.record, "random": None}).encode() + bytes(answer.payload)
        for answer in run.answers
    }
    if not isinstance(run.ending, Finished):
        found.add(type(run.ending).__name__.encode())
    return found
