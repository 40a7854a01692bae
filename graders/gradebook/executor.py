"""Grades many submissions in several processes of this machine.

Each process has a grader and a zygote of its own. One that dies is replaced, and what it was at is
tried once more; after that, the submission has no grade but a reason.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, TypeAlias

from graders.cases.reference import Reference
from graders.errors import Fault, GraderError, SubmissionError, UsageError
from graders.spec import Assignment

RECYCLED_AFTER: Final = 1000  # submissions: its end and another one's start take seconds
ATTEMPTS: Final = 2
TASK_SECONDS: Final = 1800.0  # far beyond what the limits of all questions allow
LOOK_SECONDS: Final = 1.0
STOP_SECONDS: Final = 10.0
FULL: Final = "full"


@dataclass(frozen=True)
class Task:
    """Questions of one submission that are to be graded."""

    content: str
    path: Path
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Graded:
    """What grading a submission found."""

    task: Task
    questions: list[dict[str, Any]]
    load: dict[str, Any]
    seconds: float


@dataclass(frozen=True)
class Unreadable:
    """There is nothing in the submission that can be graded."""

    task: Task
    said: Mapping[str, str]  # why, by language


@dataclass(frozen=True)
class Broken:
    """We could not grade the submission."""

    task: Task
    reason: str


Outcome: TypeAlias = Graded | Unreadable | Broken


@dataclass(frozen=True)
class Job:
    """What every process of the executor needs to know."""

    assignment: Assignment
    reference: Reference
    banks: Path
    device: str = "auto"  # where no GPU takes part: there, code is confined less


@dataclass
class Executor:
    """Runs tasks in up to `jobs` processes."""

    job: Job
    jobs: int
    weak_isolation_allowed: bool = False
    _members: list[_Member] = field(default_factory=list)
    _leaving: list[_Member] = field(default_factory=list)

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task, in the order in which they end."""
        waiting = deque((task, 1) for task in tasks)
        try:
            while waiting or self._members:
                self._fill(waiting)
                for member in self._ready():
                    yield from self._attend(member, waiting)
        finally:
            for member in [*self._members]:
                self._dismiss(member)
            for member in self._leaving:
                member.await_end()
            self._leaving.clear()

    def _fill(self, waiting: deque[tuple[Task, int]]) -> None:
        """Start processes where there is work for them, and dismiss those without any."""
        while len(self._members) < self.jobs and len(self._members) < len(waiting) + self._busy():
            self._members.append(_Member.start(self.job))
        if not waiting:
            for member in [each for each in self._members if each.work is None]:
                self._dismiss(member)

    def _busy(self) -> int:
        return sum(member.work is not None for member in self._members)

    def _ready(self) -> list[_Member]:
        """Wait for messages, or ends, of processes; end those that have taken too long."""
        connections = {member.connection: member for member in self._members}
        found = [connections[each] for each in wait([*connections], LOOK_SECONDS)]  # type: ignore[index]
        for member in self._members:
            if member.work is not None and time.monotonic() > member.deadline:
                member.process.kill()
        return found

    def _attend(self, member: _Member, waiting: deque[tuple[Task, int]]) -> Iterator[Outcome]:
        try:
            said = member.connection.recv()
        except (EOFError, OSError):
            yield from self._replace(member, waiting, member.end())
            return
        match said:
            case str(isolation):
                require_isolation(isolation, allowed=self.weak_isolation_allowed)
                member.started = True
            case Broken(reason=reason):
                yield from self._replace(member, waiting, reason)
                return
            case _:
                member.work = None
                member.done += 1
        if member.done >= RECYCLED_AFTER or not waiting:
            self._dismiss(member)
        else:
            member.give(waiting.popleft())  # it is at work while its last outcome is kept
        if not isinstance(said, str):
            yield said

    def _replace(
        self, member: _Member, waiting: deque[tuple[Task, int]], reason: str
    ) -> Iterator[Outcome]:
        """Give up on a process; what it was at is tried in another one, or broken."""
        self._dismiss(member)
        if member.work is None:
            if not member.started:
                raise Fault(f"a grading process does not start: {reason}")
            return
        task, attempt = member.work
        if attempt < ATTEMPTS:
            waiting.appendleft((task, attempt + 1))
        else:
            yield Broken(task, reason)

    def _dismiss(self, member: _Member) -> None:
        self._members.remove(member)
        member.dismiss()
        self._leaving.append(member)


@dataclass
class _Member:
    """One process, as the one in charge sees it."""

    process: BaseProcess
    connection: Connection[Any, Any]
    work: tuple[Task, int] | None = None
    deadline: float = 0.0
    started: bool = False
    done: int = 0

    @staticmethod
    def start(job: Job) -> _Member:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, job), daemon=True)
        with _interrupts_ignored():  # Ctrl-C reaches the whole group; only we act on it
            process.start()
        theirs.close()
        return _Member(process, ours)

    def give(self, work: tuple[Task, int]) -> None:
        self.work = work
        self.deadline = time.monotonic() + TASK_SECONDS
        with contextlib.suppress(OSError):  # its end is noticed when it is listened to
            self.connection.send(work[0])

    def end(self) -> str:
        """Wait for the end of a process that closed its connection; say how it ended."""
        self.process.join(STOP_SECONDS)
        code = self.process.exitcode
        if code is not None and code < 0:
            return f"the grading process was ended by {signal.Signals(-code).name}"
        return f"the grading process ended with status {code}"

    def dismiss(self) -> None:
        """Make the process end, whatever it is at: also while it starts, which takes seconds."""
        self.process.terminate()
        self.connection.close()

    def await_end(self) -> None:
        """Wait for the end of a process that was dismissed, and make it where it does not come."""
        self.process.join(STOP_SECONDS)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def require_isolation(isolation: str, *, allowed: bool) -> None:
    """Raise UsageError where student code can do harm, unless that is allowed."""
    if isolation != FULL and not allowed:
        raise UsageError(
            f"this system cannot keep students' code from its surroundings ({isolation}),"
            " so no class is graded here",
            hint="grade on Linux 5.13 or later, or add --allow-weak-isolation for code that"
            " you trust",
        )


# ---------------------------------------------------------------- in the other process


def _serve(connection: Connection[Any, Any], job: Job) -> None:
    """Grade what comes in until nothing more does."""
    signal.signal(signal.SIGINT, lambda *_: None)  # a handler, which our children do not inherit
    signal.signal(signal.SIGTERM, _leave)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # there is a process for each core already
    with contextlib.suppress(EOFError, OSError):
        try:
            _serve_all(connection, job)
        except GraderError as error:  # such as a system on which no worker starts
            connection.send(Broken(Task("", Path(), ()), str(error.message)))


def _serve_all(connection: Connection[Any, Any], job: Job) -> None:
    from graders.cases.store import BankStore
    from graders.grading import ALL, CUDA, Grader
    from graders.worker.sources import Gpu, worker_source

    with contextlib.ExitStack() as stack:
        workers = stack.enter_context(worker_source())
        gpu = stack.enter_context(Gpu()) if job.device in (CUDA, ALL) else None
        connection.send(workers.isolation)
        store = BankStore(job.reference, seed=job.assignment.seed, folder=job.banks)
        grader = Grader(job.assignment, store, workers, with_trees=True, device=job.device, gpu=gpu)
        grader.prepare()
        while True:
            outcome = grade_task(connection.recv(), grader)
            connection.send(outcome)
            if isinstance(outcome, Broken):
                return


def _leave(*_: object) -> None:
    raise SystemExit(0)


def grade_task(task: Task, grader: Any) -> Outcome:
    """Grade a submission; whatever goes wrong is an outcome as well."""
    from graders.gradebook.sheets import refusal_data

    try:
        return _grade(task, grader)
    except SubmissionError as error:
        # the same text may come from others, who must not read whose file it was
        name = f"{grader.assignment.name}{task.path.suffix.lower()}"
        return Unreadable(task, refusal_data(error, task.path, name))
    except GraderError as error:
        return Broken(task, str(error.message))
    except Exception as error:  # a mistake of ours must not take the class with it
        return Broken(task, f"{type(error).__name__}: {error}")


def _grade(task: Task, grader: Any) -> Graded:
    from graders.gradebook.sheets import load_data, question_data
    from graders.submissions.source import read_source

    start = time.monotonic()
    source = read_source(task.path)
    # platforms rename files, and messages name what the student wrote
    name = f"{grader.assignment.name}{task.path.suffix.lower()}"
    report = grader.grade(replace(source, name=name), only=task.questions)
    questions = question_data(report, grader.assignment)
    return Graded(task, questions, load_data(report, grader.assignment), time.monotonic() - start)
