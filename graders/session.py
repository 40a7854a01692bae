"""One submission while it is graded: its code, loaded in one worker or in a fresh one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Final

from graders.checks.outcome import decode_error
from graders.submissions.source import Source
from graders.verdicts import LoadProblem
from graders.worker.client import (
    Block,
    BrokeProtocol,
    Calls,
    Ending,
    Expected,
    Inspected,
    Limits,
    Loaded,
    Run,
    Tree,
    Worker,
    WorkerSource,
)
from graders.worker.wire import BrokenFrame

LOAD_SECONDS: Final = 10.0
MOST_PROBLEMS: Final = 50


@dataclass
class Program:
    """A submission's code in one worker, and how loading it went."""

    worker: Worker
    loaded: Loaded | Ending

    def run(
        self,
        function: str,
        calls: Calls,
        *,
        options: dict[str, Any],
        limits: Limits,
        expected: Sequence[Expected] = (),
        eager: bool = False,
    ) -> Run:
        """Make calls; where the code could not be loaded, say how that ended."""
        if not isinstance(self.loaded, Loaded):
            return Run([], self.loaded)
        return self.worker.run(
            function, calls, options=options, expected=expected, eager=eager, limits=limits
        )

    @property
    def alive(self) -> bool:
        """Whether it can be asked for more."""
        return self.worker.alive


class Session:
    """Opens workers for one submission: a shared one, replaced when it ends, and fresh ones."""

    def __init__(self, workers: WorkerSource, module: str, source: Source) -> None:
        self._workers = workers
        self._module = module
        self._source = source
        self._shared: Program | None = None
        self._limits: Limits | None = None
        self._blocks = [Block(file_name(source, b.cell), b.text) for b in source.blocks]
        self._inspected: Inspected | None = None
        self._was_inspected = False
        self._wanted: tuple[Mapping[str, Sequence[str]], Sequence[str]] | None = None
        self._elsewhere: Session | None = None
        self._closing = ExitStack()
        self.name = source.name

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._shared is not None:
            self._shared.worker.close()
        self._closing.close()

    def elsewhere(self, workers: WorkerSource, turn: AbstractContextManager[None]) -> Session:
        """Return the session of the same submission on workers of another source.

        It begins with its turn, and both end with this session.
        """
        if self._elsewhere is None:
            self._closing.enter_context(turn)
            session = Session(workers, self._module, self._source)
            self._elsewhere = self._closing.enter_context(session)
        return self._elsewhere

    @property
    def texts(self) -> dict[str, str]:
        """The code by the file names that messages show."""
        return {block.filename: block.text for block in self._blocks}

    def shared(self, limits: Limits) -> Program:
        """Return the program that all questions share, as long as its worker lives."""
        program = self._shared
        if program is not None and not isinstance(program.loaded, Loaded):
            return program  # loading it again would end the same way
        if program is None or not program.alive or self._limits != limits:
            if program is not None:
                program.worker.close()
            program = self._open(limits)
            if not isinstance(program.loaded, Loaded):  # only what happens twice counts
                program = self._open(limits)
            self._shared, self._limits = program, limits
        return program

    @contextmanager
    def fresh(self, limits: Limits) -> Iterator[Program]:
        """Give a program in a worker of its own."""
        program = self._open(limits)
        try:
            yield program
        finally:
            program.worker.close()

    def inspect_first(
        self, questions: Mapping[str, Sequence[str]], functions: Sequence[str]
    ) -> None:
        """Let the first worker look at the source text before it runs any of it."""
        self._wanted = questions, functions

    @property
    def trees(self) -> Mapping[str, Tree]:
        """The syntax trees that were wanted, as far as they could be read."""
        return self._inspected.trees if self._inspected is not None else {}

    def inspect(
        self, questions: Mapping[str, Sequence[str]], functions: Sequence[str] = ()
    ) -> Inspected | None:
        """Return what the source text shows, such as what it uses of what is forbidden; read once.

        None says that the text ends, however often, the process that looks.
        """
        if not self._was_inspected:
            self._inspected = self._inspect(questions, functions) or self._inspect(
                questions, functions
            )
            self._was_inspected = True
        return self._inspected

    def _inspect(
        self, questions: Mapping[str, Sequence[str]], functions: Sequence[str]
    ) -> Inspected | None:
        worker = self._workers.open(Limits(seconds=LOAD_SECONDS, total_seconds=LOAD_SECONDS))
        try:
            found = worker.inspect(self._blocks, questions, functions)
        finally:
            worker.close()
        return found if isinstance(found, Inspected) else None

    def _open(self, limits: Limits) -> Program:
        worker = self._workers.open(limits)
        if self._wanted is not None:
            worker = self._after_inspection(worker, limits)
        patient = replace(limits, seconds=LOAD_SECONDS, total_seconds=LOAD_SECONDS)
        notebook = self.name.endswith(".ipynb")
        return Program(
            worker, worker.load(self._module, self._blocks, notebook=notebook, limits=patient)
        )

    def _after_inspection(self, worker: Worker, limits: Limits) -> Worker:
        """Return the worker once it has looked, or another one where that was its end."""
        assert self._wanted is not None
        wanted, self._wanted = self._wanted, None
        patient = replace(limits, seconds=LOAD_SECONDS, total_seconds=LOAD_SECONDS)
        found = worker.inspect(self._blocks, *wanted, limits=patient)
        if isinstance(found, Inspected):
            self._inspected, self._was_inspected = found, True
            return worker
        worker.close()
        return self._workers.open(limits)

    def stopped_files(self) -> set[str]:
        """Return the files, or notebook cells, that did not run to their end."""
        loaded = self._shared.loaded if self._shared else None
        errors = loaded.errors if isinstance(loaded, Loaded) else ()
        return {problem.file for problem in self._errors(errors)}

    def problems(self) -> list[LoadProblem]:
        """Return what went wrong while the code ran, then what was left out of it."""
        found = [
            LoadProblem(
                note.kind, file_name(self._source, note.cell), note.line, detail=note.detail
            )
            for note in self._source.notes
        ]
        loaded = self._shared.loaded if self._shared else None
        if not isinstance(loaded, Loaded):
            return found
        problems = [*self._errors(loaded.errors), *_redefinitions(loaded), *found]
        return problems[:MOST_PROBLEMS]

    def _errors(self, errors: Sequence[Any]) -> Iterator[LoadProblem]:
        for tree in errors:
            try:
                error = decode_error(tree)
            except (BrokenFrame, TypeError, ValueError):
                continue
            file = error.file or self.name
            lines = self.texts.get(file, "").splitlines()
            text = lines[error.line - 1].strip() if 0 < error.line <= len(lines) else ""
            kind = "syntax" if "SyntaxError" in error.names else "raised"
            yield LoadProblem(kind, file, error.line, text, error)


def _redefinitions(loaded: Loaded) -> Iterator[LoadProblem]:
    places: dict[str, list[tuple[str, int]]] = {}
    for name, line, where, file in loaded.definitions:
        if where == "top":
            places.setdefault(name, []).append((file, line))
    for name, found in places.items():
        if len(found) > 1:
            yield LoadProblem("redefined", found[-1][0], found[-1][1], detail=name)


def file_name(source: Source, cell: int | None) -> str:
    """Return the name by which messages call the file, or one of a notebook's cells."""
    return source.name if cell is None else f"{source.name} cell {cell}"


__all__ = ["BrokeProtocol", "Program", "Session"]
