"""Grades many submissions on a Dask cluster: the side of the one process in charge.

Workers get the assignment as a parcel and each submission as bytes; a few for each worker are on
their way at once, so the memory needed here does not grow with the class. Dask runs again what a
worker was at that was lost; what has failed too often has no grade but a reason.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import uuid
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from graders.cases.reference import Reference
from graders.cases.store import BankStore, write_bank
from graders.errors import AssignmentError, Fault, GraderError, SubmissionError, UsageError
from graders.gradebook import remote
from graders.gradebook.executor import (
    ATTEMPTS,
    LOOK_SECONDS,
    Broken,
    Job,
    Outcome,
    Task,
    Unreadable,
)
from graders.gradebook.keys import LARGEST
from graders.gradebook.sheets import refusal_data
from graders.submissions.files import read_submission

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL: Final = "local"
ON_THE_WAY: Final = 2  # submissions for each worker: one that it grades, one that waits there
PATIENCE_SECONDS: Final = 300.0  # without any worker


@dataclass
class Cluster:
    """Runs tasks on the cluster whose scheduler has this address; `local` starts one here."""

    job: Job
    address: str
    jobs: int  # workers of a cluster that is started here
    weak_isolation_allowed: bool = False

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task, in the order in which they end."""
        waiting = deque((task, 1) for task in tasks)
        if not waiting:
            return
        parcel = _parcel(self.job, self.weak_isolation_allowed)
        with self._client() as client, contextlib.closing(_Run(client, parcel, waiting)) as run:
            yield from run.outcomes()

    @contextlib.contextmanager
    def _client(self) -> Iterator[Client]:
        try:
            from distributed import Client, LocalCluster
        except ImportError as error:
            raise UsageError(
                "--cluster needs Dask, which is not installed",
                hint="pip install 'torch-exercise-grader[cluster]'",
            ) from error
        _calm_down()
        with contextlib.ExitStack() as stack:
            scheduler: Any = self.address
            if self.address == LOCAL:
                scheduler = LocalCluster(
                    n_workers=self.jobs, threads_per_worker=1, dashboard_address=None
                )
                stack.enter_context(scheduler)
            try:
                client = Client(scheduler)
            except (OSError, ValueError, TypeError) as error:
                raise UsageError(
                    f"{self.address}: there is no Dask scheduler that can be reached ({error})",
                    hint="an address looks like tcp://host:8786, or tls://host:8786",
                ) from error
            yield stack.enter_context(client)


def _calm_down() -> None:
    """Keep Dask's own log of lost connections out of what an instructor reads."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)


def _parcel(job: Job, weak_isolation_allowed: bool) -> remote.Parcel:
    store = BankStore(job.reference, seed=job.assignment.seed, folder=job.banks)
    banks = {}
    for name, question in job.assignment.questions.items():
        with contextlib.suppress(AssignmentError):  # a worker will say the same
            public = question.public()
            for each in (public,) if public is question else (public, question):
                banks[name, each.hidden_checks] = write_bank(store.bank(name, each))
    properties = job.assignment.properties_path
    return remote.Parcel(
        uuid.uuid4().hex,
        job.assignment,
        Reference(job.reference.path, job.reference.source),
        banks,
        properties.read_bytes() if properties.is_file() else None,
        weak_isolation_allowed,
        job.device,
    )


@dataclass
class _Run:
    """One class on its way through a cluster."""

    client: Client
    parcel: remote.Parcel
    waiting: deque[tuple[Task, int]]  # with the number of the attempt
    _pending: dict[Future[Any], tuple[Task, int]] = field(default_factory=dict)
    _workers: int = 0
    _seen: float = field(default_factory=time.monotonic)

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the outcome of each task; send the next ones meanwhile."""
        self._equip(None)
        while self.waiting or self._pending:
            self._count_workers()
            yield from self._fill()
            for future in self._ended():
                yield from self._attend(future, self._pending.pop(future))

    def close(self) -> None:
        """Take back what has not been graded, and what workers keep for this class."""
        with contextlib.suppress(Exception):  # the cluster may be gone
            self.client.cancel([*self._pending], force=True)
            self._pending.clear()
            self.client.run(remote.dismiss, self.parcel.key, on_error="ignore")

    def _equip(self, workers: list[str] | None) -> None:
        """Send the parcel to workers, all of them by default, that grade as this machine would."""
        here = remote.facts()
        there = self.client.run(remote.facts, workers=workers, on_error="return")
        for address, found in there.items():
            _require_same(address, found, here)
        self.client.run(remote.accept, self.parcel, workers=workers, on_error="ignore")

    def _count_workers(self) -> None:
        self._workers = len(self.client.nthreads())
        now = time.monotonic()
        if self._workers:
            self._seen = now
        elif now - self._seen > PATIENCE_SECONDS:
            raise UsageError(
                f"the cluster has had no worker for {PATIENCE_SECONDS:.0f} seconds",
                hint="start workers and run this again: what has been graded is kept",
            )

    def _fill(self) -> Iterator[Outcome]:
        most = ON_THE_WAY * max(1, self._workers)
        while self.waiting and len(self._pending) < most:
            task, attempt = self.waiting.popleft()
            try:
                data = read_submission(task.path, LARGEST)
            except SubmissionError as error:
                yield Unreadable(task, refusal_data(error, task.path, task.path.name))
                continue
            order = remote.Order(task.content, task.path.name, data, task.questions)
            future = self.client.submit(remote.grade, self.parcel.key, order, pure=False)
            self._pending[future] = task, attempt

    def _ended(self) -> list[Future[Any]]:
        from distributed import CancelledError, wait

        try:
            ended = wait([*self._pending], timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED")
        except (TimeoutError, asyncio.TimeoutError):
            return []
        except CancelledError as error:
            raise Fault(
                "the connection to the cluster was lost",
                hint="run this again: what has been graded is kept",
            ) from error
        return [*ended.done]

    def _attend(self, future: Future[Any], work: tuple[Task, int]) -> Iterator[Outcome]:
        task, attempt = work
        match self._answer(future, task):
            case remote.NoParcel(address):  # a worker that came later
                self._equip([address])
                self.waiting.appendleft(work)
            case Broken() if attempt < ATTEMPTS:
                self.waiting.appendleft((task, attempt + 1))
            case outcome:
                yield replace(outcome, task=task)

    def _answer(self, future: Future[Any], task: Task) -> Outcome | remote.NoParcel:
        from distributed import KilledWorker

        error = future.exception()
        match error:
            case None:
                answer: Outcome | remote.NoParcel = future.result()
                return answer
            case GraderError():
                raise error
            case ImportError():
                raise UsageError(f"a worker of the cluster cannot grade: {error}")
            case KilledWorker():
                return Broken(task, "the workers that graded it were lost")
        return Broken(task, f"{type(error).__name__}: {error}")


def _require_same(address: str, found: Any, here: dict[str, str]) -> None:
    """Raise UsageError unless a worker has the versions that this machine has."""
    if isinstance(found, Exception):
        raise UsageError(
            f"the worker {address} cannot grade: {type(found).__name__}: {found}",
            hint="every worker needs this package, in the version that is installed here",
        )
    for name, version in here.items():
        if found.get(name) != version:
            raise UsageError(
                f"the worker {address} has {name} {found.get(name)}, and this machine {version}",
                hint="grades are the same everywhere only if the versions are",
            )
