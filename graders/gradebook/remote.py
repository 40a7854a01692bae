"""Grades submissions inside a worker process of a Dask cluster.

A worker needs nothing but this package: what is known about the assignment comes as a parcel, and a
submission comes as bytes. The parcel is kept, with one grader, until whoever sent it is done or has
not been heard of for a while.
"""

from __future__ import annotations

import atexit
import platform
import shutil
import tempfile
import threading
import warnings
from collections.abc import Mapping
from concurrent import futures
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graders.cases.reference import Reference
from graders.cases.store import BankStore, read_bank
from graders.errors import GraderError
from graders.gradebook.executor import (
    RECYCLED_AFTER,
    TASK_SECONDS,
    Broken,
    Outcome,
    Task,
    grade_task,
    require_isolation,
)
from graders.gradebook.keys import versions
from graders.grading import Grader
from graders.spec import Assignment
from graders.worker.sources import worker_source

IDLE_SECONDS: Final = 120.0  # after which nobody is expected to send more


@dataclass(frozen=True)
class Parcel:
    """An assignment as it travels to workers."""

    key: str  # of the run that it belongs to
    assignment: Assignment
    reference: Reference
    banks: Mapping[tuple[str, tuple[str, ...]], bytes]  # by name and hidden checks
    properties: bytes | None
    weak_isolation_allowed: bool
    device: str


@dataclass(frozen=True)
class Order:
    """A submission as it travels to a worker."""

    content: str
    name: str
    data: bytes
    questions: tuple[str, ...]


@dataclass(frozen=True)
class NoParcel:
    """A worker that has not got the parcel, or no longer."""

    address: str


def facts() -> dict[str, str]:
    """Return what must be the same on every machine that grades one class."""
    found = {"Python": ".".join(platform.python_version_tuple()[:2])}
    for part in versions().split(", "):
        name, _, version = part.partition(" ")
        found[name] = version
    return found


_posts: Final[dict[str, _Post]] = {}  # by key
_lock: Final = threading.Lock()


def accept(parcel: Parcel, dask_worker: Any) -> None:
    """Keep a parcel in this process; Dask fills in the worker."""
    with _lock:
        if parcel.key not in _posts:
            _posts[parcel.key] = _Post(parcel, Path(dask_worker.local_directory))


def dismiss(key: str) -> None:
    """End what the parcel was kept for, whatever it is at."""
    with _lock:
        post = _posts.pop(key, None)
    if post is not None:
        post.leave()


@atexit.register
def _dismiss_all() -> None:
    for key in [*_posts]:
        dismiss(key)


def grade(key: str, order: Order) -> Outcome | NoParcel:
    """Grade a submission; raises GraderError where this machine cannot grade any."""
    from distributed import get_worker

    address = get_worker().address
    with _lock:
        post = _posts.get(key)
    if post is None:
        return NoParcel(address)
    try:
        return post.grade(order) or NoParcel(address)
    except GraderError as error:
        raise type(error)(f"the worker {address}: {error.message}", hint=error.hint) from error


class _Post:
    """A grader and its workers, for one class."""

    def __init__(self, parcel: Parcel, place: Path) -> None:
        self._parcel = parcel
        self._folder = Path(tempfile.mkdtemp(prefix="grader-class-", dir=place))
        self._inbox = self._folder / "submissions"  # whose names students choose
        self._inbox.mkdir()
        self._assignment = self._unpacked_assignment()
        self._store = self._unpacked_store()
        self._lock = threading.Lock()  # a grader serves one thread at a time
        self._grader: Grader | None = None
        self._done = 0
        self._left = False
        self._await_orders()

    def _unpacked_assignment(self) -> Assignment:
        assignment = self._parcel.assignment
        if self._parcel.properties is None:
            return assignment
        assignment = assignment.moved(self._folder / assignment.path.name)
        assignment.properties_path.write_bytes(self._parcel.properties)
        return assignment

    def _unpacked_store(self) -> BankStore:
        parcel = self._parcel
        store = BankStore(parcel.reference, seed=parcel.assignment.seed, folder=None)
        for (name, hidden), data in parcel.banks.items():
            store.add(name, hidden, read_bank(data, name))
        return store

    def _await_orders(self) -> None:
        self._timer = threading.Timer(IDLE_SECONDS, dismiss, [self._parcel.key])
        self._timer.daemon = True
        self._timer.start()

    def grade(self, order: Order) -> Outcome | None:
        """Grade a submission, in bounded time; None says that the class is over."""
        with self._lock:
            if self._left:
                return None
            self._timer.cancel()
            task = Task(order.content, self._inbox / order.name, order.questions)
            answer = self._begin(task, order.data)
            if not futures.wait([answer], TASK_SECONDS).done:
                dismiss(self._parcel.key)  # no thread can be ended, but what it may wait for
                return Broken(task, f"grading took more than {TASK_SECONDS:g} seconds")
            if not self._left:
                self._await_orders()
            return answer.result()

    def _begin(self, task: Task, data: bytes) -> futures.Future[Outcome]:
        answer: futures.Future[Outcome] = futures.Future()

        def serve() -> None:
            try:
                answer.set_result(self._grade(task, data))
            except BaseException as error:
                answer.set_exception(error)  # raised where the answer is awaited

        threading.Thread(target=serve, daemon=True).start()
        return answer

    def _grade(self, task: Task, data: bytes) -> Outcome:
        try:
            grader = self._grader or self._start()
        except GraderError:
            self._stop()
            raise
        try:
            task.path.write_bytes(data)
            outcome = grade_task(task, grader)
        finally:
            task.path.unlink(missing_ok=True)
            if self._left:
                self._stop()
        self._done += 1
        if isinstance(outcome, Broken) or self._done % RECYCLED_AFTER == 0:
            self._stop()
        return outcome

    def _start(self) -> Grader:
        # Hypothesis takes what Dask draws meanwhile, in other threads, for draws of a strategy
        warnings.filterwarnings("ignore", "Do not use the `random` module")
        source = worker_source()
        self._grader = Grader(
            self._assignment, self._store, source, with_trees=True, device=self._parcel.device
        )
        allowed = self._parcel.weak_isolation_allowed
        require_isolation(self._grader.workers.isolation, allowed=allowed)
        self._grader.prepare()
        return self._grader

    def _stop(self) -> None:
        grader, self._grader = self._grader, None
        if grader is not None:
            grader.workers.close()

    def leave(self) -> None:
        """End everything, also what another thread waits for."""
        self._left = True
        self._timer.cancel()
        self._stop()
        shutil.rmtree(self._folder, ignore_errors=True)
