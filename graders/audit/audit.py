"""Finds out how strong an assignment's checks are: what they must let pass, and what they catch.

The reference and known right submissions (wheats) must get full marks, known wrong ones (chaffs)
must fail in the check that they are about and nowhere else, and mutants of the reference must fail.
All are graded as students' files are. The first bank is the one that students meet; further seeds
draw other cases, of which none may fail a wheat or let a chaff pass.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from graders.audit.known import Known
from graders.audit.mutation import Mutant, mutants
from graders.cases.soundness import Unsound, unsound
from graders.cases.store import BankStore
from graders.errors import AssignmentError
from graders.grading import REFERENCE_DIFFERS, Grader
from graders.session import Program, Session
from graders.spec import Assignment, Question
from graders.submissions.source import Block, Source
from graders.verdicts import Finding, QuestionResult
from graders.worker.client import Limits, WorkerSource
from graders.worker.sources import Gpu

ENOUGH: Final = 0.95  # of the mutants must be killed
REFERENCE_SEEDS: Final = 3  # that the reference is graded with, at least

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Misgraded:
    """A known submission that was not graded as it should be."""

    submission: str
    function: str
    seed: int
    wanted: str | None  # the check that must fail first; None for full marks
    found: str | None  # the one that did
    finding: Finding | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Survivor:
    """A mutant that gets full marks."""

    mutant: Mutant
    reason: str | None = None  # why it is right, as the author says


@dataclass(frozen=True)
class Tally:
    """How many of several submissions were graded as they should be."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.total + other.total)


@dataclass(frozen=True)
class QuestionAudit:
    """What an audit concludes about one question."""

    function: str
    cases: int = 0
    faults: tuple[Unsound, ...] = ()
    misgraded: tuple[Misgraded, ...] = ()
    wheats: Tally = field(default_factory=Tally)
    chaffs: Tally = field(default_factory=Tally)
    not_shown: int = 0  # chaffs that need a device on which nothing was graded
    killed: int = 0
    survivors: tuple[Survivor, ...] = ()
    unmatched: tuple[str, ...] = ()  # declared equivalent, but no surviving mutant

    @property
    def mutants(self) -> Tally:
        """The mutants that were killed, among those that are not equivalent."""
        return Tally(self.killed, self.killed + len(self.undeclared))

    @property
    def undeclared(self) -> list[Survivor]:
        """The mutants that survive although nothing says that they are right."""
        return [survivor for survivor in self.survivors if survivor.reason is None]

    @property
    def equivalent(self) -> list[Survivor]:
        """The mutants that the author says are right."""
        return [survivor for survivor in self.survivors if survivor.reason is not None]


@dataclass(frozen=True)
class Audit:
    """What an audit concludes about an assignment."""

    assignment: str
    reference: str
    seeds: tuple[int, ...]
    questions: tuple[QuestionAudit, ...]
    seconds: float

    @property
    def mutants(self) -> Tally:
        """The mutants that were killed, among those that are not equivalent."""
        return sum((question.mutants for question in self.questions), Tally())

    @property
    def score(self) -> float:
        """The share of mutants killed, equivalent ones not counted."""
        return score(self.mutants)

    @property
    def falls_short(self) -> bool:
        """Whether anything has to be mended before students see the assignment."""
        wrong = any(q.faults or q.misgraded or q.unmatched for q in self.questions)
        return wrong or self.score < ENOUGH


def score(tally: Tally) -> float:
    """Return the share of a tally that is right; of nothing, all is."""
    return tally.right / tally.total if tally.total else 1.0


class Auditor:
    """Grades what is known and what is mutated, question by question.

    `store` has the bank that students meet; `seeds` counts the banks that known submissions are
    graded with. Without `only` every question is audited.
    """

    def __init__(
        self,
        assignment: Assignment,
        known: Sequence[Known],
        workers: WorkerSource,
        store: BankStore,
        *,
        seeds: int = 1,
        only: Sequence[str] = (),
        gpu: Gpu | None = None,
    ) -> None:
        self._assignment = assignment
        self._names = [name for name in assignment.questions if not only or name in only]
        self._known = [one for one in known if one.function in self._names]
        self._reference = store.reference
        self._seeds = [store.seed + number for number in range(max(seeds, REFERENCE_SEEDS))]
        others = [store.with_seed(seed) for seed in self._seeds[1:]]
        self._graders = [
            Grader(assignment, s, workers, explain=False, gpu=gpu) for s in (store, *others)
        ]
        self._fresh = self._graders[:seeds]  # for wheats and chaffs
        self._workers = workers
        self._mutants = {
            name: mutants(self._reference.source, name, assignment.questions)
            for name in self._names
        }
        self._progress: Progress = lambda name: None

    @property
    def steps(self) -> int:
        """How many gradings an audit makes, each of which is one step of its progress."""
        references = len(self._graders) * len(self._names)
        changed = sum(len(found) for found in self._mutants.values())
        return references + changed + len(self._fresh) * len(self._known)

    def audit(self, progress: Progress = lambda name: None) -> Audit:
        """Audit the assignment; `progress` is told the question before each grading."""
        started = time.perf_counter()
        self._progress = progress
        questions = tuple(self._question(name) for name in self._names)
        seconds = time.perf_counter() - started
        seeds = tuple(self._seeds[: len(self._fresh)])
        path = self._reference.path
        return Audit(self._assignment.name, path.name, seeds, questions, seconds)

    def _question(self, name: str) -> QuestionAudit:
        """Audit one question; one that cannot be graded gets no further."""
        question = self._assignment.questions[name]
        faults = (*self._faults(name, question),)
        first = self._graded(self._graders[0], self._reference_source(), name)
        if first.verdict == "fault":
            return QuestionAudit(name, faults=faults or (Unsound(first.fault or "", name),))
        known = self._of_known(name)
        survivors, broken = self._of_mutants(name, question)
        return QuestionAudit(
            name,
            len(self._graders[0].store.bank(name, question).cases),
            (*faults, *self._by_device(first), *broken),
            (*self._of_reference(name, first), *(wrong for one in known for wrong in one.wrong)),
            _tally(one for one in known if one.known.check is None),
            _tally(one for one in known if one.known.check is not None),
            sum(not one.shown for one in known),
            len(self._mutants[name]) - len(survivors),
            tuple(survivors),
            tuple(_unmatched(question, survivors)),
        )

    def _faults(self, name: str, question: Question) -> Iterator[Unsound]:
        yield from unsound(name, question, self._reference, seed=self._seeds[0])
        try:
            self._graders[0].trials.check_reference(name)
        except AssignmentError as error:
            yield Unsound(error.message, name)

    def _graded(self, grader: Grader, source: Source, name: str) -> QuestionResult:
        self._progress(name)
        return grader.grade(source, only=[name]).questions[0]

    # ------------------------------------------------------------ reference, wheats and chaffs

    def _reference_source(self) -> Source:
        return _source(self._reference.path.name, self._reference.source)

    def _of_reference(self, name: str, first: QuestionResult) -> Iterator[Misgraded]:
        path, source = self._reference.path.name, self._reference_source()
        rest = (self._graded(grader, source, name) for grader in self._graders[1:])
        for seed, result in zip(self._seeds, [first, *rest], strict=True):
            if result.verdict != "passed":
                yield _misgraded(path, result, seed, None)

    def _by_device(self, first: QuestionResult) -> Iterator[Unsound]:
        """Yield that the reference is no measure on a GPU, where students then are not checked."""
        for check in first.checks:
            if check.unchecked == REFERENCE_DIFFERS:
                text = f"`{first.function}` gives other results on a GPU, beyond rounding"
                yield Unsound(f"{self._reference.path}: {text}", first.function)

    def _of_known(self, name: str) -> list[_Trial]:
        return [self._trial(known) for known in self._known if known.function == name]

    def _trial(self, known: Known) -> _Trial:
        only = known.defines(self._assignment.questions)
        self._progress(known.function)
        results: Sequence[QuestionResult]
        results = self._graders[0].grade(known.source, only=only).questions
        if known.needs_device and not _left_the_cpu(results[0]):
            return _Trial(known, shown=False)
        wrong = [*self._wrong(known, results, self._seeds[0])]
        with self._open(known.source) as session:
            for grader in self._fresh[1:]:
                results = self._on_other_cases(grader, known, session, only)
                wrong += self._wrong(known, results, grader.store.seed)
        return _Trial(known, tuple(wrong))

    def _open(self, source: Source) -> _KeptSession:
        return _KeptSession(self._workers, self._assignment.name, source)

    def _on_other_cases(
        self, grader: Grader, known: Known, session: Session, only: Sequence[str]
    ) -> Sequence[QuestionResult]:
        """Grade a known submission on another bank; a chaff is caught once a call of it fails."""
        self._progress(known.function)
        if known.check is not None and grader.fails_a_call(session, known.function):
            only = only[1:]
        return [grader.grade_question(session, name) for name in only]

    def _wrong(
        self, known: Known, results: Iterable[QuestionResult], seed: int
    ) -> Iterator[Misgraded]:
        for result in results:
            wanted = known.check if result.function == known.function else None
            found = _first_failed(result)
            caught = wanted is not None and found is not None
            on_other_cases = seed != self._seeds[0]  # where another check may be first
            right = found == wanted or (caught and on_other_cases)
            if result.verdict == "fault" or not right:
                yield _misgraded(known.name, result, seed, wanted)

    # ------------------------------------------------------------ mutants

    def _of_mutants(self, name: str, question: Question) -> tuple[list[Survivor], list[Unsound]]:
        """Return the mutants that survive, and what broke while they were graded."""
        reasons = {mutant.change: mutant.reason for mutant in question.equivalent_mutants}
        survivors = []
        broken: dict[str, Unsound] = {}
        for mutant in self._mutants[name]:
            result = self._of_mutant(mutant, name)
            if result is None:
                continue
            if result.verdict == "passed":
                survivors.append(Survivor(mutant, reasons.get(mutant.change)))
            elif result.fault is not None:
                fault = Unsound(f"{mutant.change}: {result.fault}", name)
                broken.setdefault(result.fault, fault)
        return survivors, [*broken.values()]

    def _of_mutant(self, mutant: Mutant, name: str) -> QuestionResult | None:
        """Grade a mutant; None says that a call of it fails, which is enough to know."""
        self._progress(name)
        grader = self._graders[0]
        with self._open(_source(self._reference.path.name, mutant.source)) as session:
            if grader.fails_a_call(session, name):
                return None
            return grader.grade_question(session, name)


class _KeptSession(Session):
    """A session for many banks: what goes wrong is tried again in one and the same worker."""

    _again: Program | None = None
    _again_limits: Limits | None = None

    def __exit__(self, *raised: Any) -> None:
        super().__exit__(*raised)
        if self._again is not None:
            self._again.worker.close()

    @contextmanager
    def fresh(self, limits: Limits) -> Iterator[Program]:
        """Give the program in a worker apart from the shared one, which later calls find again."""
        if self._again is None or not self._again.alive or self._again_limits != limits:
            if self._again is not None:
                self._again.worker.close()
            self._again, self._again_limits = self._open(limits), limits
        yield self._again


@dataclass(frozen=True)
class _Trial:
    """A known submission and how it was misgraded."""

    known: Known
    wrong: tuple[Misgraded, ...] = ()
    shown: bool = True  # whether a device was there on which it is wrong


def _tally(trials: Iterable[_Trial]) -> Tally:
    shown = [trial for trial in trials if trial.shown]
    return Tally(sum(not trial.wrong for trial in shown), len(shown))


def _unmatched(question: Question, survivors: Sequence[Survivor]) -> Iterator[str]:
    changes = {survivor.mutant.change for survivor in survivors}
    for declared in question.equivalent_mutants:
        if declared.change not in changes:
            yield declared.change


def _source(name: str, text: str) -> Source:
    return Source(name, (Block(text, None),), ())


def _first_failed(result: QuestionResult) -> str | None:
    return result.failed[0].check if result.failed else None


def _left_the_cpu(result: QuestionResult) -> bool:
    return result.verdict == "failed" or any(check.device != "cpu" for check in result.checks)


def _misgraded(submission: str, result: QuestionResult, seed: int, wanted: str | None) -> Misgraded:
    finding = result.failed[0].finding if result.failed else None
    found = _first_failed(result)
    return Misgraded(submission, result.function, seed, wanted, found, finding, result.fault)
