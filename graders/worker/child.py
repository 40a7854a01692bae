"""The process in which a student's code runs: it loads the code, makes calls, sends observations.

It holds no expected value, no reference and no verdict. Requests come on file descriptor 0, replies
go to 1, and whatever the code prints goes to 2. Of ours it imports the wire format and the code
that makes calls, nothing else.
"""

from __future__ import annotations

import ast
import contextlib
import json
import linecache
import os
import random
import sys
import threading
import types
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep
from typing import Any, BinaryIO, Final, TypeAlias

import numpy as np
import torch

from graders.worker import accelerator, confine, cuda, wire
from graders.worker.observe import (
    ACCELERATOR,
    Arguments,
    Memory,
    Observation,
    Options,
    build_arguments,
    describe_error,
    observe,
)
from graders.worker.syntax import find_uses
from graders.worker.trees import find_trees

ROOT: Final = str(Path(__file__).parents[2])
FLUSH_SECONDS: Final = 0.02
FLUSH_BYTES: Final = 1 << 20
SEED: Final = 2_147_483_629  # of the global random states, at the start of every request

BuiltCalls: TypeAlias = Iterable[Arguments | None]
"""The arguments of each call; None where this PyTorch cannot simulate the device."""

_set_grad_enabled = torch.set_grad_enabled
_set_default_dtype = torch.set_default_dtype
_set_default_device = torch.set_default_device
_seed_torch = torch.default_generator.manual_seed
_rand = torch.rand


def serve(replies: BinaryIO, requests: BinaryIO, prepared: Sequence[BuiltCalls] = ()) -> None:
    """Answer requests until their stream ends; they may name calls that are prepared."""
    program = Program({})
    torch.set_num_threads = _keep_threads  # type: ignore[assignment]
    torch.set_num_interop_threads = _keep_threads  # type: ignore[assignment]
    sys.path[:] = [path for path in sys.path if path != ROOT]  # nothing of ours is imported later
    _send(replies, 0, {"ready": True})
    with contextlib.suppress(EOFError):
        while True:
            number, request, payload = wire.read_frame(lambda size: _read_exactly(requests, size))
            if request["op"] == "load":
                program = load(request["module"], request["blocks"], request["notebook"])
                _send(replies, number, {"loaded": program.summary()})
            elif request["op"] == "inspect":
                uses = find_uses(request["blocks"], request["questions"])
                found = find_trees(request["blocks"], request["functions"])
                _send(replies, number, {"uses": uses, "trees": found})
            else:
                _run(program, request, payload, prepared, Sender(replies, number))


def _keep_threads(_: int) -> None:
    """Stand in for torch.set_num_threads: asking for threads that cannot be had would end us."""


def take_over_descriptors() -> tuple[BinaryIO, BinaryIO]:
    """Move requests and replies out of reach of print() and input(); return (replies, requests)."""
    requests = os.fdopen(os.dup(0), "rb", 1 << 20)
    replies = os.fdopen(os.dup(1), "wb", 0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)  # a student's print() must not reach the protocol
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    return replies, requests


def _read_exactly(stream: BinaryIO, size: int) -> bytearray:
    buffer = bytearray(size)
    view = memoryview(buffer)
    filled = 0
    while filled < size:
        count = stream.readinto(view[filled:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        filled += count
    return buffer


def _send(replies: BinaryIO, number: int, *header: Any, payload: bytes = b"") -> None:
    lines = b"\n".join(map(wire.dump_header, header))
    frame = memoryview(wire.pack_frame(number, lines, payload))
    while frame:
        frame = frame[replies.write(frame) :]


# ---------------------------------------------------------------- loading


@dataclass
class Program:
    """A student's code after it ran once, and what its text defines."""

    namespace: dict[str, Any]
    filenames: frozenset[str] = frozenset()
    errors: list[list[Any]] = field(default_factory=list)
    definitions: list[list[Any]] = field(default_factory=list)  # name, file, line, where

    def summary(self) -> dict[str, Any]:
        """Return what the grader has to know about it."""
        names = [name for name, value in self.namespace.items() if callable(value)]
        return {
            "callables": [n for n in names if isinstance(n, str) and str.isidentifier(n)],
            "errors": self.errors,
            "definitions": self.definitions,
        }


def load(module: str, blocks: list[list[str]], notebook: bool) -> Program:
    """Run each block of [file name, text] in one namespace; a block that fails ends only itself."""
    home = types.ModuleType(module)
    sys.modules[module] = home
    namespace = home.__dict__
    if notebook:
        namespace.update(display=_display, get_ipython=_get_ipython)
    ours = types.ModuleType("graders.notebook")
    ours.__dict__["check"] = _display
    sys.modules[ours.__name__] = ours  # code that checks itself must not stop here
    program = Program(namespace, frozenset(name for name, _ in blocks))
    for filename, text in blocks:
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        _run_block(program, filename, text, notebook=notebook)
    return program


def _display(*_: object, **__: object) -> None:
    """Stand in for what IPython shows."""


def _get_ipython() -> None:
    """Stand in for IPython's shell, which is not there."""


def _run_block(program: Program, filename: str, text: str, *, notebook: bool) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, filename)
            code = compile(tree, filename, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        program.errors.append(describe_error(error, program.filenames))
        return
    with contextlib.suppress(RecursionError):
        program.definitions += [[*found, filename] for found in _definitions(tree.body, "top")]
    try:
        exec(code, program.namespace)
    except BaseException as error:  # sys.exit() in a script is one, too
        program.errors.append(describe_error(error, program.filenames))
        if notebook:
            _run_definitions(program, filename, tree.body, _line_of(error, filename))


def _run_definitions(program: Program, filename: str, body: list[ast.stmt], after: int) -> None:
    """Run the imports and definitions of a cell that stand behind the line that raised."""
    for node in body:
        known = isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
        if known and node.lineno > after:
            with contextlib.suppress(BaseException):
                code = compile(ast.Module([node], []), filename, "exec", dont_inherit=True)
                exec(code, program.namespace)


def _line_of(error: BaseException, filename: str) -> int:
    """Return the line of a cell, at its top level, that an exception came from."""
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == filename:
            return step.tb_lineno
        step = step.tb_next
    return 0


def _definitions(body: list[ast.stmt], where: str) -> Iterator[list[Any]]:
    """Yield [name, line, where] of each function; `where` is "top" or "main" (under its guard)."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield [node.name, node.lineno, where]
        elif isinstance(node, ast.If | ast.For | ast.While | ast.With | ast.Try):
            guarded = isinstance(node, ast.If) and "__main__" in ast.dump(node.test)
            inner = "main" if guarded else where
            for part in ("body", "orelse", "finalbody"):
                yield from _definitions(getattr(node, part, []), inner)


# ---------------------------------------------------------------- calls


class Sender:
    """Collects observations and sends them together, or at once when `eager`."""

    def __init__(self, replies: BinaryIO, number: int) -> None:
        self.replies = replies
        self.number = number
        self.eager = False
        self._clear()

    def _clear(self) -> None:
        self.records: list[Any] = []
        self.said: list[Any] = []
        self.seconds = 0.0
        self.operations: list[Any] = []
        self.chunks: list[bytes] = []
        self.size = 0
        self.since = perf_counter()

    def add(self, observation: Observation) -> None:
        """Take one observation."""
        record, words = wire.without_words(observation.record)
        if words:
            self.said.append([len(self.records), words])
        self.records.append(record)
        self.seconds += observation.seconds
        if observation.operations is not None:
            self.operations.append(observation.operations)
        self.chunks.append(observation.payload)
        self.size += observation.weight
        late = perf_counter() - self.since > FLUSH_SECONDS
        if self.eager or late or self.size > FLUSH_BYTES:
            self.flush(end=False)

    def flush(self, *, end: bool) -> None:
        """Send what was collected; `end` says that the request is done.

        The records fill a line of their own: the grader knows it by heart where all is right.
        """
        about = {
            "count": len(self.records),
            "said": self.said,
            "microseconds": int(self.seconds * 1e6),
            "operations": self.operations,
            "end": end,
        }
        _send(self.replies, self.number, about, self.records, payload=b"".join(self.chunks))
        self._clear()


def build_calls(cases: list[Any], payload: bytes | bytearray, device: str) -> BuiltCalls:
    """Build the arguments of each call when it comes to it."""
    memory = Memory(memoryview(payload))
    possible = device != ACCELERATOR or accelerator.is_installed()
    for trees in cases:
        yield build_arguments(trees, memory, device) if possible else None


def _run(
    program: Program,
    request: Any,
    payload: bytes | bytearray,
    prepared: Sequence[BuiltCalls],
    sender: Sender,
) -> None:
    _reset()
    function = program.namespace[request["function"]]
    options = Options(**request["options"])
    if options.device == cuda.NAME:
        cuda.reset(SEED)
    sender.eager = request["eager"]
    if "prepared" in request:
        calls = prepared[request["prepared"]]
    else:
        calls = build_calls(request["cases"], payload, options.device)
        if options.device != cuda.NAME:  # whose memory has to hold those of one call
            calls = [*calls]  # as prepared ones are: no argument lies where an earlier one did
    for arguments in calls:
        if arguments is None:
            observation = Observation({"unsupported": accelerator.EVERYTHING, "size": 0}, b"", 0.0)
        else:
            observation = observe(function, arguments, options, program.filenames)
        sender.add(observation)
        if observation.last:
            if sender.records:
                sender.flush(end=False)
            os._exit(cuda.LOST)
    _flush_output()
    sender.flush(end=True)


def rehearse(device: str) -> None:
    """Make a few calls before student code exists: a fork finds everything they need in place."""
    _reset()  # imports numpy.random, which NumPy leaves until it is asked for
    payload = bytearray()
    matrix = wire.ArgumentTensor("tensor", "float32", (2, 3), (1, 2), 0, bytes(24))
    trees = wire.encode_arguments([matrix, 1], payload)
    functions: list[Callable[..., Any]] = [
        lambda x, i: x.T.reshape(-1, i),
        lambda x, i: [x.clone(), (x + i).sum(), x[:i]],
        lambda x, i: torch.stack([x, torch.zeros_like(x)]) @ x.T.contiguous(),
        lambda x, i: x.reshape(-1, 0),
    ]
    for function in functions * 3:  # Python specializes code that has run a few times
        arguments = build_arguments(trees, Memory(memoryview(payload)), device)
        observe(function, arguments, Options(device), frozenset())


def _reset() -> None:
    """Undo what the code of another question may have left behind.

    Something has been drawn when a call begins: seeding anew is no way back to where it was.
    """
    _seed_torch(SEED)
    np.random.seed(SEED)
    random.seed(SEED)
    _rand(1, dtype=torch.float32, device="cpu")
    np.random.random()
    random.random()
    _set_grad_enabled(True)
    _set_default_dtype(torch.float32)
    sys.setrecursionlimit(1_000)
    warnings.resetwarnings()
    warnings.simplefilter("ignore")


def _flush_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()


def main() -> None:
    """Run as a process of its own, where forking from a zygote is not safe."""
    torch.set_num_threads(1)
    with contextlib.suppress(accelerator.NotSimulated):  # an older PyTorch: devices stay unchecked
        accelerator.install()
    settings = json.loads(sys.argv.pop())
    if sys.platform != "linux":  # there a zygote confines its children far better
        confine.prepare(()).apply(confine.Limits(**settings["limits"]), Path(settings["scratch"]))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    serve(*take_over_descriptors())


def _end_with(parent: int) -> None:
    """End this process soon after the one that started it, whatever runs meanwhile."""
    while os.getppid() == parent:
        sleep(1)
    os._exit(1)
