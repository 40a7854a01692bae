"""The grader's end of a worker: opens it, sends requests, and says how each one ended.

Everything that student code can bring about is a value here (`Ending`); only a failure of our own
raises Fault. Nothing that a worker sends is trusted.
"""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType, TracebackType
from typing import Any, BinaryIO, Final, Literal, NamedTuple, Protocol

from graders.errors import Fault
from graders.worker import wire

PATIENCE: Final = 0.05  # seconds between two looks at a worker that has not answered
WALL_FACTOR: Final = 10  # wall seconds per CPU second: a busy machine must not fail a right answer
WALL_SPARE: Final = 5
TOTAL_WALL_FACTOR: Final = 3
IDLE_FACTOR: Final = 3  # of a process that was never seen to want the CPU
START_SECONDS: Final = 60
END_SECONDS: Final = 2  # that the pipes of a dead process may stay open
KEPT_OUTPUT: Final = 64 << 10
MOST_MICROSECONDS: Final = 10**12  # that a worker can say calls took
MOST_ANSWERS: Final = 10**6  # in a frame
WAITING_FRAMES: Final = 2  # that are read before they are asked for
FRAME_SPARE: Final = 2 << 20  # bytes that a frame holds beyond one large result
ALL_RESULTS_FACTOR: Final = 2  # what all answers may hold, in units of what one result may
HEADER_WEIGHT: Final = 8  # bytes of memory that a byte of a header takes once it is read


@dataclass(frozen=True)
class Limits:
    """What one request may use."""

    seconds: float = 1.0  # CPU seconds between two answers
    total_seconds: float = 20.0  # CPU seconds for the whole request
    wall_seconds: float | None = None  # between two answers; None: what a busy machine may need
    memory: int = 1024 << 20  # bytes over what a worker has at its start
    output: int = 8 << 20  # bytes printed
    result: int = 64 << 20  # bytes that one call returns
    scratch: int = 64 << 20  # bytes of files
    threads: int = 1


@dataclass(frozen=True)
class Finished:
    """Every call was answered."""


@dataclass(frozen=True)
class TimedOut:
    """A call used up its time and was ended."""

    seconds: float
    waited: bool = False  # it waited, using no CPU time
    total: bool = False  # all calls together used up the time of the question


@dataclass(frozen=True)
class Died:
    """The process ended: by a signal (its name), or by itself (its exit status)."""

    signal: str | None
    status: int | None
    peak: int | None = field(default=None, compare=False)  # bytes of memory that it once had


@dataclass(frozen=True)
class Flooded:
    """More was printed than the limit allows."""

    limit: int


@dataclass(frozen=True)
class Overfilled:
    """More of something was used than its limit allows; both in bytes, but for threads."""

    what: Literal["memory", "scratch", "results", "threads"]
    limit: int
    reached: int = field(compare=False)


@dataclass(frozen=True)
class BrokeProtocol:
    """Something other than the worker's own code wrote answers."""


_Reader = Callable[[bytes, bytes], tuple[list[Any], bool]]
Ending = Finished | TimedOut | Died | Flooded | Overfilled | BrokeProtocol


class Answer(NamedTuple):
    """What the worker says that one call did; see `graders.worker.observe`."""

    record: dict[str, Any]
    payload: bytes


class Expected(NamedTuple):
    """An answer as it comes when all is right, which then need not be read."""

    line: bytes  # its record as JSON, without what an exception says and where it came from
    answer: Answer


class Operations(NamedTuple):
    """What was recorded of one call; see `graders.worker.record`."""

    number: int  # of tensor operations
    names: frozenset[str]
    steps: int  # lines of the student's that ran


@dataclass(frozen=True)
class Calls:
    """Calls of a function as a worker reads them; see `encode_cases`."""

    cases: bytes
    payload: bytes
    count: int


@dataclass(frozen=True)
class Run:
    """The answers to a request, in order and up to where it ended."""

    answers: list[Answer]
    ending: Ending
    seconds: float = 0.0  # that the calls took
    operations: Sequence[Operations] = ()  # of each call
    limits: Limits = Limits()


@dataclass(frozen=True)
class Tree:
    """The syntax tree of a function with all that it reaches, whatever its names are."""

    digest: str
    size: int


@dataclass(frozen=True)
class Inspected:
    """What source text shows without being run."""

    uses: Mapping[str, Sequence[tuple[str, str, str, int]]]
    trees: Mapping[str, Tree]


@dataclass(frozen=True)
class Block:
    """Code that is run as one, under the file name that its messages show."""

    filename: str
    text: str


@dataclass(frozen=True)
class Loaded:
    """What is known after the code of a submission ran."""

    callables: tuple[str, ...]
    errors: tuple[Any, ...]
    definitions: tuple[tuple[str, int, str, str], ...]  # name, line, "top" or "main", file name


@dataclass(frozen=True)
class Exit:
    """How a process ended."""

    status: int  # negative for a signal
    peak: int | None = None  # bytes of memory that it once had


class Process(Protocol):
    """A worker's process."""

    pid: int

    def started(self) -> None:
        """Take note that it is ready, and about to run student code."""

    def kill(self) -> None:
        """End it now, whatever it does."""

    def reap(self) -> Exit:
        """Wait for its end."""

    def overfilled(self, limits: Limits) -> Overfilled | None:
        """Return which limit it is over, of those that the system does not keep."""


@dataclass
class Pipes:
    """The grader's ends of a worker's pipes."""

    requests: BinaryIO
    replies: BinaryIO
    output: BinaryIO

    def close(self) -> None:
        """Close them, where no worker will."""
        for pipe in (self.requests, self.replies, self.output):
            pipe.close()


class WorkerSource(Protocol):
    """Opens workers."""

    @property
    def isolation(self) -> str:
        """How much student code is kept from: "full", "reads open" or "none"."""

    @property
    def protection(self) -> tuple[str, tuple[str, ...]]:
        """That level, and a line about each mechanism behind it."""

    def prepare(self, device: str, calls: Calls) -> None:
        """Have calls ready in each worker from now on: they are the same for a whole class."""

    def open(self, limits: Limits) -> Worker:
        """Start a worker that has loaded nothing yet."""

    def close(self) -> None:
        """End the source and all its workers."""

    def __enter__(self) -> WorkerSource: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None: ...


class Worker:
    """One process that runs the code of one submission."""

    def __init__(
        self,
        process: Process,
        pipes: Pipes,
        limits: Limits,
        prepared: Mapping[tuple[str, Calls], int] = MappingProxyType({}),
    ) -> None:
        self._prepared = dict(prepared)  # the numbers of calls that it can make at once
        self._process = process
        self._requests = pipes.requests
        self._replies = pipes.replies
        self._limits = limits
        self._number = 0
        self._started = False
        self._frames: queue.Queue[Any] = queue.Queue(WAITING_FRAMES)
        self._output = _Output(pipes.output, limits.output, process.kill)
        self.alive = True
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def load(
        self, module: str, blocks: list[Block], *, notebook: bool, limits: Limits | None = None
    ) -> Loaded | Ending:
        """Run a submission's code; the answer is how that ended where it did not finish."""
        texts = [[block.filename, block.text] for block in blocks]
        header = {"op": "load", "module": module, "blocks": texts, "notebook": notebook}
        self._await_start()
        limits = limits or self._limits
        answers, ending = self._request(wire.dump_header(header), b"", limits, _read_loaded, 1)
        return answers[0] if isinstance(ending, Finished) else ending

    def run(
        self,
        function: str,
        calls: Calls,
        *,
        options: dict[str, Any] | None = None,
        expected: Sequence[Expected] = (),
        eager: bool = False,
        limits: Limits | None = None,
    ) -> Run:
        """Call `function` again and again; answers that are as expected are the expected ones."""
        options = options or {}
        rest = {"op": "run", "function": function, "options": options, "eager": eager}
        header, payload = self._calls(rest, calls)
        limits = limits or self._limits
        reader = _AnswerReader(expected, counted=bool(options.get("operations")))
        answers, ending = self._request(header, payload, limits, reader.read, calls.count)
        return Run(answers, ending, reader.microseconds / 1e6, reader.operations, limits)

    def _calls(self, rest: dict[str, Any], calls: Calls) -> tuple[bytes, bytes]:
        """Return header and payload of a request; what is prepared serves once."""
        number = self._prepared.pop((rest["options"].get("device", "cpu"), calls), None)
        if number is not None:
            return wire.dump_header(rest | {"prepared": number}), b""
        return wire.dump_header(rest)[:-1] + b',"cases":' + calls.cases + b"}", calls.payload

    def inspect(
        self,
        blocks: list[Block],
        questions: Mapping[str, Sequence[str]],
        functions: Sequence[str] = (),
        *,
        limits: Limits | None = None,
    ) -> Inspected | Ending:
        """Find forbidden calls in source text, and digests of functions, without running it.

        To be asked of a worker that has run no student code.
        """
        texts = [[block.filename, block.text] for block in blocks]
        wanted = {name: list(forbidden) for name, forbidden in questions.items()}
        header = {"op": "inspect", "blocks": texts, "questions": wanted}
        header["functions"] = [*functions]
        self._await_start()
        answers, ending = self._request(
            wire.dump_header(header), b"", limits or self._limits, _read_inspected, 1
        )
        return answers[0] if isinstance(ending, Finished) else ending

    def output(self) -> str:
        """Return what was printed since the last call of this method, cut to a bounded length."""
        return self._output.take()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        if self.alive:
            self._process.kill()
            self._end()

    def _end(self) -> Exit:
        self.alive = False
        gone = self._process.reap()
        self._stop_reading()
        with contextlib.suppress(OSError):
            self._requests.close()
        return gone

    def _stop_reading(self) -> None:
        """Let both readers come to their ends, unless another process inherited the pipes."""
        ends = time.monotonic() + END_SECONDS
        while self._reader.is_alive() and time.monotonic() < ends:
            with contextlib.suppress(queue.Empty):  # it may wait for room
                self._frames.get_nowait()
            self._reader.join(PATIENCE)
        self._output.join(END_SECONDS)

    def _await_start(self) -> None:
        """Wait until the process is confined and ready; that it is not so is our own fault."""
        if self._started:
            return
        try:
            frame = self._frames.get(timeout=START_SECONDS)
        except queue.Empty:
            frame = EOFError()
        if isinstance(frame, Exception) or frame[0] != 0:
            self._process.kill()
            status = self._end().status
            said = self._output.take().strip()[-500:]
            raise Fault(f"a worker could not start (status {status}): {said}")
        self._process.started()
        self._started = True

    # ------------------------------------------------------------ one request

    def _request(
        self, header: bytes, payload: bytes, limits: Limits, read: _Reader, count: int
    ) -> tuple[list[Any], Ending]:
        if not self.alive:
            raise Fault("a worker was asked for more after its end")
        self._number = secrets.randbits(32)  # an answer cannot be written before its question
        self._send(wire.pack_frame(self._number, header, payload))
        answers: list[Any] = []
        return answers, self._collect(answers, limits, read, count)

    def _send(self, frame: bytes) -> None:
        """Write what the pipe takes now, and the rest in a thread: no worker has to read."""
        rest = frame[self._write_now(frame) :]
        if rest:
            threading.Thread(target=self._write, args=(rest,), daemon=True).start()

    def _write_now(self, frame: bytes) -> int:
        if sys.platform == "win32":
            return 0
        pipe = self._requests.fileno()
        os.set_blocking(pipe, False)
        try:
            return os.write(pipe, frame)
        except OSError:  # it is full, or the process ended: the reader says so
            return 0
        finally:
            os.set_blocking(pipe, True)

    def _write(self, frame: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._requests.write(frame)
            self._requests.flush()

    def _read(self) -> None:
        """Hand over each frame, then what ended the stream."""
        most = self._limits.result + FRAME_SPARE
        try:
            while self.alive:
                self._frames.put(wire.read_raw_frame(self._read_exactly, most))
        except (EOFError, OSError, wire.BrokenFrame) as end:
            self._frames.put(end)
        with contextlib.suppress(OSError):
            self._replies.close()

    def _read_exactly(self, size: int) -> bytes:
        data = self._replies.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def _collect(self, answers: list[Any], limits: Limits, read: _Reader, count: int) -> Ending:
        clock = _Clock(self._process.pid, limits)
        kept = _Kept(limits)
        while True:
            try:
                frame = self._frames.get(timeout=PATIENCE)
            except queue.Empty:
                ending = clock.late() or self._process.overfilled(limits)
                if ending is not None:
                    return self._kill(ending)
                continue
            if isinstance(frame, EOFError | OSError):
                return self._ended()
            try:
                found, done = self._understand(frame, read)
            except wire.BrokenFrame:
                return self._kill(BrokeProtocol())
            answers += found
            if len(answers) > count or (done and len(answers) < count):
                return self._kill(BrokeProtocol())
            overfilled = kept.overfilled(frame) or self._process.overfilled(limits)
            if overfilled is not None:
                return self._kill(overfilled)
            if done:
                return Finished()
            if (ending := clock.overdrawn()) is not None:
                return self._kill(ending)
            clock.progress()

    def _understand(self, frame: Any, read: _Reader) -> tuple[list[Any], bool]:
        """Return what a frame answers and whether it is the last one, or raise BrokenFrame."""
        if isinstance(frame, wire.BrokenFrame):
            raise frame
        number, header, payload = frame
        if number != self._number:
            raise wire.BrokenFrame("an answer to another request")
        try:
            found, done = read(header, payload)
        except (AttributeError, LookupError, OverflowError, TypeError, ValueError) as error:
            raise wire.BrokenFrame("a header that is not well formed") from error
        if not found and not done:
            raise wire.BrokenFrame("a frame that answers nothing")
        return found, done

    def _kill(self, ending: Ending) -> Ending:
        self._process.kill()
        self._end()
        return ending

    def _ended(self) -> Ending:
        """Say how a process ended whose replies stopped."""
        self._process.kill()  # one that only closed its end is still there
        gone = self._end()
        if self._output.flooded:
            return Flooded(self._limits.output)
        if gone.status >= 0:
            return Died(None, gone.status)
        return Died(signal.Signals(-gone.status).name, None, gone.peak)


@dataclass
class _Kept:
    """How much of the grader's memory the answers to a request take."""

    limits: Limits
    size: int = 0

    def overfilled(self, frame: tuple[int, bytes, bytes]) -> Overfilled | None:
        _, header, payload = frame
        self.size += HEADER_WEIGHT * len(header) + len(payload)
        most = ALL_RESULTS_FACTOR * self.limits.result
        return Overfilled("results", most, self.size) if self.size > most else None


def _read_loaded(header: bytes, _: bytes) -> tuple[list[Any], bool]:
    found = wire.parse_header(header)["loaded"]
    definitions = [
        (_name(n), int(line), str(where), wire.printable(file))
        for n, line, where, file in found["definitions"]
    ]
    callables = tuple(_name(name) for name in found["callables"])
    return [Loaded(callables, tuple(found["errors"]), tuple(definitions))], True


def _name(text: str) -> str:
    if not text.isidentifier():
        raise wire.BrokenFrame("a name that is none")
    return text


def _read_inspected(header: bytes, _: bytes) -> tuple[list[Any], bool]:
    found = wire.parse_header(header)
    uses = {
        str(name): [(str(r), str(w), str(f), int(line)) for r, w, f, line in uses]
        for name, uses in found["uses"].items()
    }
    trees = {str(name): Tree(str(key), int(size)) for name, (key, size) in found["trees"].items()}
    return [Inspected(uses, trees)], True


class _AnswerReader:
    """Reads the answers to calls, frame by frame; those that are as expected at a glance."""

    def __init__(self, expected: Sequence[Expected], *, counted: bool) -> None:
        self._expected = expected
        self._counted = counted
        self._count = 0
        self.microseconds = 0
        self.operations: list[Operations] = []

    def read(self, header: bytes, payload: bytes) -> tuple[list[Any], bool]:
        """Return the answers of a frame, and whether it is the last one."""
        line, _, records = header.partition(b"\n")
        about = wire.parse_header(line)
        count = wire.natural(about["count"], MOST_ANSWERS)
        self.microseconds += wire.natural(about["microseconds"], MOST_MICROSECONDS)
        operations = [_operations(entry) for entry in about["operations"]]
        if len(operations) != self._counted * count:
            raise wire.BrokenFrame("operations that were not counted, or too few")
        self.operations += operations
        expected = self._expected[self._count : self._count + count]
        self._count += count
        if len(expected) == count and _are_as(expected, records, payload):
            return [each.answer for each in expected], bool(about["end"])
        found = wire.parse_header(records)
        for number, said in about["said"]:
            found[number]["error"] += said
        return _parse_answers(found, count, payload), bool(about["end"])


def _are_as(expected: Sequence[Expected], records: bytes, payload: bytes) -> bool:
    """Whether a frame holds what is expected, byte for byte."""
    lines = b"[%b]" % b",".join([line for line, _ in expected])
    return records == lines and payload == b"".join([answer.payload for _, answer in expected])


def _parse_answers(records: list[dict[str, Any]], count: int, payload: bytes) -> list[Answer]:
    if len(records) != count:
        raise wire.BrokenFrame("records in another number than was said")
    answers = []
    position = 0
    for record in records:
        size = wire.natural(record["size"], len(payload) - position)
        answers.append(Answer(record, payload[position : position + size]))
        position += size
    if position != len(payload):
        raise wire.BrokenFrame("a payload that its header does not describe")
    return answers


def _operations(entry: Any) -> Operations:
    number, names, steps = entry
    return Operations(int(number), frozenset(wire.printable(name) for name in names), int(steps))


class _Clock:
    """Watches a process: its CPU time first, wall time generously."""

    def __init__(self, pid: int, limits: Limits) -> None:
        self._pid = pid
        self._limits = limits
        self._start = time.monotonic()
        self._first_cpu: float | None = None
        self.progress()

    def progress(self) -> None:
        """Begin anew to wait for the next answer."""
        self._wall = time.monotonic()
        self._cpu: float | None = None
        self._ran = False

    def late(self) -> TimedOut | None:
        """Return how the next answer is late, if it is; to be asked again and again."""
        cpu, running = _activity(self._pid)
        if self._cpu is None:
            self._cpu = max(0.0, cpu - PATIENCE)
        self._ran |= running
        limit = self._limits.seconds
        if cpu - self._cpu > limit:
            return TimedOut(limit)
        wall, most = time.monotonic() - self._wall, self._limits.wall_seconds
        if not self._ran and wall > (most or IDLE_FACTOR * limit):
            return TimedOut(most or limit, waited=True)
        if wall > (most or WALL_FACTOR * limit + WALL_SPARE):
            return TimedOut(most or wall, waited=not running)
        return self.overdrawn()

    def overdrawn(self) -> TimedOut | None:
        """Return how all answers together took too long, if they did."""
        limit = self._limits.total_seconds
        wall = time.monotonic() - self._start
        if wall < limit / 10:  # nothing is measured for requests that end soon
            return None
        cpu, _ = _activity(self._pid)
        if self._first_cpu is None:
            self._first_cpu = cpu - wall
        most = TOTAL_WALL_FACTOR * limit + WALL_SPARE
        if cpu - self._first_cpu > limit or wall > max(most, self._limits.wall_seconds or 0):
            return TimedOut(limit, total=True)
        return None


_WAITING: Final = frozenset({"sleeping", "stopped", "zombie"})  # as psutil calls them


def _activity(pid: int) -> tuple[float, bool]:
    """Return the CPU seconds that a process has used, and whether it wants to use more now."""
    import psutil

    try:
        process = psutil.Process(pid)
        times = process.cpu_times()
        waiting = process.status() in _WAITING
    except psutil.Error:
        return 0.0, False
    return float(times.user + times.system), not waiting


class _Output:
    """Drains what a worker prints, keeps the beginning, and ends a worker that floods."""

    def __init__(self, stream: BinaryIO, limit: int, kill: Callable[[], None]) -> None:
        self._stream = stream
        self._limit = limit
        self._kill = kill
        self._kept = bytearray()
        self._lock = threading.Lock()
        self.flooded = False
        self._thread = threading.Thread(target=self._drain, daemon=True)
        self._thread.start()

    def _drain(self) -> None:
        total = 0
        with contextlib.suppress(OSError, ValueError):
            while data := os.read(self._stream.fileno(), 1 << 16):
                total += len(data)
                with self._lock:
                    self._kept += data[: KEPT_OUTPUT - len(self._kept)]
                if total > self._limit and not self.flooded:
                    self.flooded = True
                    self._kill()
        with contextlib.suppress(OSError):
            self._stream.close()

    def take(self) -> str:
        with self._lock:
            text = self._kept.decode("utf-8", "backslashreplace")
            self._kept.clear()
        return wire.printable(text.replace("\r\n", "\n"))

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)


def encode_cases(cases: list[list[Any]]) -> Calls:
    """Return the cases of one function, each a list of arguments, as a worker reads them."""
    payload = bytearray()
    trees = [wire.encode_arguments(arguments, payload) for arguments in cases]
    return Calls(wire.dump_header(trees), bytes(payload), len(cases))
