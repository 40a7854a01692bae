"""Says what a check found: the only place with sentences about student code.

The subject of a headline is the function, in the present tense; a hint is a fact. Every text goes
through `Words`, so that each language has all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graders.checks import mismatch as m
from graders.checks.outcome import is_sequence
from graders.feedback.diagnosis_wording import diagnosis_text
from graders.feedback.exceptions import GIVES_NONE, exception_hint
from graders.feedback.language import MessageId, Words
from graders.feedback.literal import call_code, shape_shown, shown, told_apart, type_shown
from graders.spec import property_check
from graders.verdicts import Finding
from graders.worker.wire import ArgumentTensor, Opaque, ResultTensor, tensors_in

LONGEST_LINE: Final = 400
MOST_SHOWN: Final = 12
ROUGHLY: Final = 100 << 20  # memory differs a little from run to run, and reports do not


@dataclass(frozen=True)
class Fact:
    """A line under the call: a label and what it labels, or a sentence of its own."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Message:
    """What a report says about one check."""

    headline: str
    call: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    hint: str | None = None
    expected: str | None = None
    returned: str | None = None
    brief: str = ""  # the headline in a word, where there is no more to say


def cut(line: str) -> str:
    """Return the beginning of a line of which nobody would read the rest."""
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} ..."


def message(
    finding: Finding, words: Words, *, hints: Mapping[str, str], sources: Mapping[str, str]
) -> Message:
    """Return the words for a finding; the author's hints win over ours."""
    say = _Sayer(finding, words, sources)
    parts = say.parts()
    if parts.brief:
        return Message(parts.headline, brief=parts.brief)
    hint = _hint(finding, say, parts, hints)
    if finding.hidden:
        return Message(parts.headline, hint=hint)
    call = tuple(calls_code(_calls(finding), device=finding.device))
    facts = [Fact(text, label) for label, text in parts.pairs]
    facts += [Fact(text) for text in parts.sentences]
    facts += [Fact(cut(line), words("printed")) for line in finding.printed.splitlines()[:5]]
    expected, returned = (
        (text for _, text in parts.pairs) if len(parts.pairs) == 2 else (None, None)
    )
    return Message(parts.headline, call, tuple(facts), hint, expected, returned)


def _hint(finding: Finding, say: _Sayer, parts: _Parts, hints: Mapping[str, str]) -> str | None:
    """Return the one hint: the author's for the diagnosis, the diagnosis, the check's, ours.

    What a weak diagnosis says is for want of anything better.
    """
    authors = next((hints[key] for key in _checks_of(finding) if key in hints), None)
    about_check = parts.hint if parts.certain else authors or parts.hint
    found = finding.diagnosis
    if found is None:
        return about_check
    own = next((hints[key] for key in found.ids if key in hints), None)
    if own is not None or finding.hidden:
        return own or about_check
    text = diagnosis_text(found, say.words, say._argument)
    return (about_check or text) if found.weak else text


def _checks_of(finding: Finding) -> tuple[str, ...]:
    """Return the checks under which authors can write a hint, the most specific first."""
    if finding.device != "cpu":
        return ("device",)
    found = finding.mismatch
    if isinstance(found, m.Raised) and found.error.name in _SLIPS:
        return ()
    own = (property_check(found.name),) if isinstance(found, m.PropertyBroken) else ()
    return (*own, found.check)


_SLIPS: Final = frozenset({"NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError"})
"""Exceptions that say all there is to say, and nothing of what a question is about."""


def file_shown(name: str, words: Words) -> str:
    """Return the name of a file, or of a notebook's cell."""
    file, is_cell, cell = name.rpartition(" cell ")
    return words("{file} cell {cell}", file=file, cell=cell) if is_cell else name


def calls_code(
    calls: Iterable[tuple[str, Mapping[str, Any]]], *, device: str = "cpu"
) -> Iterator[str]:
    """Yield the lines of several calls, without assignments that would change nothing."""
    assigned: dict[str, str] = {}
    for function, arguments in calls:
        *assignments, call = call_code(function, arguments, device=device)
        for line in assignments:
            name = line.partition(" = ")[0]
            if assigned.get(name) != line:
                assigned[name] = line
                yield line
        yield call


def _calls(finding: Finding) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if isinstance(finding.mismatch, m.PropertyBroken):
        return finding.mismatch.calls
    return () if finding.arguments is None else [(finding.function, finding.arguments)]


@dataclass
class _Parts:
    headline: str
    pairs: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()
    hint: str | None = None
    brief: str = ""  # the headline in a word, where it says it all
    certain: bool = False  # the hint says more than an author can about the check


class _Sayer:
    """Words one finding."""

    def __init__(self, finding: Finding, words: Words, sources: Mapping[str, str]) -> None:
        self.finding = finding
        self.words = words
        self.sources = sources
        self.f = f"`{finding.function}`"

    def parts(self) -> _Parts:
        if self.finding.steadiness != "steady":
            return self._unsteady()
        if self.finding.device != "cpu":
            return self._elsewhere(self.finding.mismatch)
        return _SAY[type(self.finding.mismatch)](self, self.finding.mismatch)

    def _elsewhere(self, found: m.Mismatch) -> _Parts:
        """Word what goes wrong only where the arguments are not on the CPU."""
        words = self.words
        parts = _SAY[type(found)](self, found)
        pairs = tuple((label, text.replace("accel", "cuda")) for label, text in parts.pairs)
        hint: str | None = words(
            "`torch.zeros(...)` and its kin make tensors on the CPU unless `device=x.device` says"
            " otherwise; `x.cpu()`, `x.numpy()` and `x.tolist()` leave the GPU."
        )
        there = words("On the CPU it is right; here a simulated GPU took the call.")
        if self.finding.device == "cuda":
            there = words("On the CPU it is right; here a GPU took the call.")
        headline = parts.headline
        if isinstance(found, m.Raised):
            headline = words(
                "{f} raises {error} when its arguments are on a GPU.",
                f=self.f,
                error=found.error.name,
            )
        if found.check == "returns" or (found.check == "values" and self.finding.device == "cuda"):
            hint = parts.hint or (hint if isinstance(found, m.Raised) else None)
        return _Parts(headline, pairs, (*parts.sentences, there), hint)

    def _unsteady(self) -> _Parts:
        words = self.words
        if self.finding.steadiness == "random":
            return _Parts(
                words("{f} gives different results for the same call.", f=self.f),
                sentences=(
                    words("The call above was repeated in a fresh process and the result changed."),
                ),
                hint=words(
                    "Random numbers without a fixed seed, and global variables that keep values"
                    " between calls, both do this."
                ),
            )
        return _Parts(
            words("{f} depends on the calls that were made before.", f=self.f),
            sentences=(
                words(
                    "In a fresh process the call above gives the right result; after other calls"
                    " it does not."
                ),
            ),
            hint=words(
                "Global variables and default arguments that are changed keep values between calls."
            ),
        )

    def _pair(self, expected: str, returned: str) -> tuple[tuple[str, str], ...]:
        return ((self.words("expected"), expected), (self.words("returned"), returned))

    def _subject(self, path: m.Path) -> str:
        """Return what a path leads to, as in `result[0]`."""
        return "result" + "".join(f"[{part!r}]" for part in path)

    def _where(self, path: m.Path) -> tuple[str, ...]:
        return (self.words("This is about `{place}`.", place=self._subject(path)),) if path else ()

    def _argument(self, number: int) -> str:
        """Return the name of an argument tensor, as in `x` or `tensors[0]`."""
        place = 0
        for name, value in (self.finding.arguments or {}).items():
            count = len(list(tensors_in(value)))
            if number < place + count:
                return f"{name}[{number - place}]" if is_sequence(value) else name
            place += count
        return "?"

    def _list_argument(self, number: int) -> str:
        return list(self.finding.arguments or {})[number]

    # ------------------------------------------------------------ loads

    def not_defined(self, found: m.NotDefined) -> _Parts:
        words, file = self.words, file_shown(found.file, self.words)
        headline = words("{file} does not define {f}.", file=file, f=self.f)
        if found.guarded:
            return _Parts(
                words(
                    '{file} defines {f} only under `if __name__ == "__main__"`.',
                    file=file,
                    f=self.f,
                ),
                sentences=(words("It stands in line {line}.", line=found.line),),
                hint=words(
                    "Code under that line runs when the file is started, not when it is imported."
                ),
            )
        if found.stopped and found.line:
            return _Parts(
                words("{file} stops before it defines {f}.", file=file, f=self.f),
                sentences=(
                    words("It stands in line {line}, which is never reached.", line=found.line),
                ),
            )
        if found.stopped:
            headline = words(
                "{file} stops before its end and does not define {f}.", file=file, f=self.f
            )
        hint = None
        if found.similar:
            hint = words(
                "{file} defines a function with a similar name: `{name}`.",
                file=file,
                name=found.similar,
            )
        return _Parts(headline, hint=hint)

    def not_loaded(self, found: m.NotLoaded) -> _Parts:
        words = self.words
        match found.how:
            case m.Overran(seconds):
                headline = words(
                    "{file} did not finish loading within {seconds} s.",
                    file=found.file,
                    seconds=f"{seconds:.3g}",
                )
                hint = words("Code outside of functions runs when the file is loaded.")
                return _Parts(headline, hint=hint)
            case m.Ended(signal, status):
                reason = signal or words("exit status {status}", status=status)
                headline = words(
                    "{file} ends Python while it is loaded ({reason}).",
                    file=found.file,
                    reason=reason,
                )
                return _Parts(headline, hint=None if signal else words(_EXITS))
            case m.PrintedTooMuch(limit):
                size = f"{limit / (1 << 20):.3g}"
                return _Parts(
                    words(
                        "{file} prints more than {size} MiB while it is loaded.",
                        file=found.file,
                        size=size,
                    )
                )
            case m.UsedTooMuch(what, limit):
                return _Parts(self._used_while_loading(found.file, what, limit))
        return _Parts(words("{file} disturbs the process that it is loaded in.", file=found.file))

    def _used_while_loading(self, file: str, what: str, limit: int) -> str:
        words, size = self.words, _mebibytes(limit)
        match what:
            case "threads":
                return words(
                    "{file} has more than {n} threads while it is loaded.", file=file, n=limit
                )
            case "memory":
                return words(
                    "{file} uses more than {size} MiB of memory while it is loaded.",
                    file=file,
                    size=size,
                )
        return words(
            "{file} writes more than {size} MiB to files while it is loaded.", file=file, size=size
        )

    # ------------------------------------------------------------ returns

    def raised(self, found: m.Raised) -> _Parts:
        if self._is_unwritten(found.error):
            headline = self.words("{f} is not written yet.", f=self.f)
            return _Parts(headline, brief=self.words("unwritten"))
        headline = self.words("{f} raises {error}.", f=self.f, error=found.error.name)
        return _Parts(headline, self._error_lines(found.error), hint=self._error_hint(found.error))

    def _is_unwritten(self, error: m.Error) -> bool:
        """Whether the function itself, not one that it calls, says that it is not implemented."""
        if error.name != "NotImplementedError":
            return False
        if not self._source_line(error).startswith("raise NotImplementedError"):
            return False
        above = self.sources[error.file or ""].splitlines()[: error.line - 1]
        return re.findall(r"(?m)^\s*def (\w+)", "\n".join(above))[-1:] == [self.finding.function]

    def _error_lines(self, error: m.Error) -> tuple[tuple[str, str], ...]:
        lines = []
        if error.file is not None:
            text = self._source_line(error)
            lines.append((self._line_label(error), text))
        lines.append((self.words("error"), error.text.strip() or error.name))
        return tuple(lines)

    def _line_label(self, error: m.Error) -> str:
        cell = (error.file or "").rpartition(" cell ")[2] if " cell " in (error.file or "") else ""
        if cell:
            return self.words("cell {cell}, line {line}", cell=cell, line=error.line)
        return self.words("line {line}", line=error.line)

    def _source_line(self, error: m.Error) -> str:
        lines = self.sources.get(error.file or "", "").splitlines()
        return cut(lines[error.line - 1].strip()) if 0 < error.line <= len(lines) else ""

    def _error_hint(self, error: m.Error) -> str | None:
        function, arguments = self.finding.function, self.finding.arguments or {}
        code = self._source_line(error)
        return exception_hint(error, self.words, function=function, arguments=arguments, code=code)

    def overran(self, found: m.Overran) -> _Parts:
        words = self.words
        sentences = []
        took = self.finding.reference_seconds
        if took is not None:
            shortest = words("less than 1 ms") if took < 0.001 else f"{1000 * took:.3g} ms"
            sentences.append(
                words("The reference solution takes {time} for this call.", time=shortest)
            )
        hint = words("A loop whose condition never becomes false runs for ever.")
        if found.waited:
            hint = words(
                "`time.sleep`, `input` and waiting for another process use up the time as well."
            )
        limit = f"{found.seconds:.3g}"
        headline = words("{f} did not finish within {seconds} s.", f=self.f, seconds=limit)
        if found.total:
            headline = words(
                "{f} needs more than {seconds} s for all cases.", f=self.f, seconds=limit
            )
            hint = words("Work that is repeated for every element adds up.")
            if found.calls is not None:
                done, cases = found.calls
                sentences = [words("It was ended after {done} of {n} calls.", done=done, n=cases)]
        return _Parts(headline, sentences=tuple(sentences), hint=hint)

    def ended(self, found: m.Ended) -> _Parts:
        words = self.words
        if found.signal == "SIGKILL":
            headline = words("{f} is killed by the system (SIGKILL).", f=self.f)
            hint = words("That happens to a process when the computer runs out of memory.")
            return _Parts(headline, sentences=self._peak(found), hint=hint)
        if found.signal is not None:
            headline = words("{f} crashes Python ({signal}).", f=self.f, signal=found.signal)
            hint = words(
                "Endless recursion inside a library does this, and so does reading memory that is"
                " not there, as `ctypes` can."
            )
            return _Parts(headline, hint=hint)
        headline = words(
            "{f} ends Python with exit status {status}.", f=self.f, status=found.status
        )
        return _Parts(headline, hint=words(_EXITS))

    def _peak(self, found: m.Ended) -> tuple[str, ...]:
        if found.peak is None:
            return ()
        sentence = self.words(
            "The process, Python and PyTorch included, had up to {size} MiB of memory.",
            size=f"{-(-found.peak // ROUGHLY) * 100}",
        )
        return (sentence,)

    def printed_too_much(self, found: m.PrintedTooMuch) -> _Parts:
        size = _mebibytes(found.limit)
        headline = self.words("{f} prints more than {size} MiB.", f=self.f, size=size)
        return _Parts(headline)

    def out_of_memory(self, found: m.OutOfMemory) -> _Parts:
        size = _mebibytes(found.limit)
        headline = self.words("{f} needs more than {size} MiB of memory.", f=self.f, size=size)
        hint = self.words(
            "A tensor has as many elements as the product of its sizes, intermediate ones as well;"
            " a list that grows without end takes everything."
        )
        return _Parts(headline, self._error_lines(found.error), hint=hint)

    def used_too_much(self, found: m.UsedTooMuch) -> _Parts:
        words, size = self.words, _mebibytes(found.limit)
        reached = words("It was ended at {size} MiB.", size=_mebibytes(found.reached))
        sentences = (reached,) if found.reached < _UNMEASURED else ()
        match found.what:
            case "scratch":
                headline = words("{f} writes more than {size} MiB to files.", f=self.f, size=size)
            case "memory":
                headline = words("{f} uses more than {size} MiB of memory.", f=self.f, size=size)
            case "results":
                headline = words(
                    "{f} returns more than {size} MiB in all its calls.", f=self.f, size=size
                )
            case "result":
                headline = words(
                    "{f} returns more than {size} MiB in one call.", f=self.f, size=size
                )
                value = _mebibytes(found.reached)
                sentences = (words("The value has at least {size} MiB.", size=value),)
            case _:
                headline = words("{f} has more than {n} threads.", f=self.f, n=found.limit)
                sentences = (words("It was ended with {n} threads.", n=found.reached),)
        return _Parts(headline, sentences=sentences)

    def wrote_answers(self, found: m.WroteAnswers) -> _Parts:
        return _Parts(
            self.words("{f} disturbs the process that it runs in.", f=self.f),
            sentences=(
                self.words(
                    "Something wrote to, or closed, a file descriptor that it had not opened."
                ),
            ),
        )

    # ------------------------------------------------------------ errors

    def did_not_raise(self, found: m.DidNotRaise) -> _Parts:
        name = found.expected.name
        headline = self.words("{f} returns where it must raise {error}.", f=self.f, error=name)
        return _Parts(headline, self._pair(name, self._brief(found.value)))

    def raised_other(self, found: m.RaisedOther) -> _Parts:
        headline = self.words(
            "{f} raises {error} instead of {expected}.",
            f=self.f,
            error=found.error.name,
            expected=found.expected.name,
        )
        return _Parts(headline, self._error_lines(found.error))

    def _brief(self, value: Any) -> str:
        if isinstance(value, ResultTensor) and len(value.data) > 1024:
            shape = shape_shown(value.shape)
            return self.words("{type}, {shape}", type=type_shown(value), shape=shape)
        return shown(value, self.words)

    # ------------------------------------------------------------ type, shape, dtype, device

    def wrong_type(self, found: m.WrongType) -> _Parts:
        words = self.words
        facts = {
            "f": self.f,
            "actual": type_shown(found.actual),
            "expected": type_shown(found.expected),
        }
        if found.path:
            headline = words(
                "{f} returns {actual} instead of {expected} in `{place}`.",
                place=self._subject(found.path),
                **facts,
            )
        else:
            headline = words("{f} returns {actual} instead of {expected}.", **facts)
        hint = None
        if found.actual is None and not found.path:
            hint = self._without_return()
        elif isinstance(found.actual, Opaque) or found.path:
            return _Parts(headline)
        elif isinstance(found.expected, ResultTensor) and isinstance(found.actual, int | float):
            hint = words("`.item()` gives a Python number; without it the result stays a tensor.")
        expected, actual = self._brief(found.expected), self._brief(found.actual)
        pair = self._pair(expected, actual) if expected != actual else ()
        return _Parts(headline, pair, hint=hint, certain=found.actual is None and hint is not None)

    def _without_return(self) -> str:
        if self.finding.printed:
            return self.words(
                "`print` only shows a value; a function that ends without `return` returns None."
            )
        if self._returns_something():
            return self.words(GIVES_NONE)
        return self.words("A function that ends without `return` returns None.")

    def _returns_something(self) -> bool:
        """Whether the text of the function has a `return` with a value."""
        name = re.escape(self.finding.function)
        block = rf"(?m)^def {name}\b.*\n(?:[ \t].*\n|[)#].*\n|\s*\n)*"
        texts = [found[0] for text in self.sources.values() if (found := re.search(block, text))]
        return any(re.search(r"(?m)^\s+return (?!None\b)", text) for text in texts)

    def wrong_length(self, found: m.WrongLength) -> _Parts:
        headline = self.words.count(
            "{f} returns {n} item instead of {expected}.",
            "{f} returns {n} items instead of {expected}.",
            found.actual,
            f=self.f,
            expected=found.expected,
        )
        return _Parts(headline, sentences=self._where(found.path))

    def wrong_keys(self, found: m.WrongKeys) -> _Parts:
        sentences = []
        if found.missing:
            keys = ", ".join(repr(key) for key in found.missing)
            sentences.append(self.words("missing: {keys}", keys=keys))
        if found.extra:
            keys = ", ".join(repr(key) for key in found.extra)
            sentences.append(self.words("not expected: {keys}", keys=keys))
        headline = self.words("{f} returns a dict with other keys.", f=self.f)
        return _Parts(headline, sentences=(*sentences, *self._where(found.path)))

    def wrong_shape(self, found: m.WrongShape) -> _Parts:
        headline = self.words("{f} returns the wrong shape.", f=self.f)
        pair = self._pair(shape_shown(found.expected), shape_shown(found.actual))
        return _Parts(headline, pair, self._where(found.path))

    def wrong_dtype(self, found: m.WrongDtype) -> _Parts:
        headline = self.words("{f} returns the wrong dtype.", f=self.f)
        pair = self._pair(
            _dtype_shown(found.kind, found.expected), _dtype_shown(found.kind, found.actual)
        )
        return _Parts(headline, pair, self._where(found.path))

    def wrong_device(self, found: m.WrongDevice) -> _Parts:
        headline = self.words("{f} returns a tensor on the wrong device.", f=self.f)
        return _Parts(headline, self._pair(found.expected, found.actual), self._where(found.path))

    # ------------------------------------------------------------ values

    def wrong_values(self, found: m.WrongValues) -> _Parts:
        headline = self.words("{f} returns wrong values.", f=self.f)
        pair, sentences = self._values(found)
        return _Parts(headline, pair, (*sentences, *self._where(found.path)))

    def _values(self, found: m.WrongValues) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        words = self.words
        whole = self._pair(*told_apart(found.expected, found.actual, words))
        if found.total <= 1:
            return whole, ()
        index = ", ".join(map(str, found.worst))
        sentence = words.count(
            "{n} of {total} values differs, at index [{index}].",
            "{n} of {total} values differ, most at index [{index}].",
            found.differing,
            total=found.total,
            index=index,
        )
        if found.total <= MOST_SHOWN:
            return whole, (sentence,)
        expected, returned = told_apart(
            found.expected.numpy()[found.worst], found.actual.numpy()[found.worst], words
        )
        return self._pair(
            words("{value} (at index [{index}])", value=expected, index=index),
            words("{value} (at index [{index}])", value=returned, index=index),
        ), (sentence,)

    # ------------------------------------------------------------ arguments and memory

    def argument_changed(self, found: m.ArgumentChanged) -> _Parts:
        name = self._argument(found.argument)
        before = list(tensors_in(list((self.finding.arguments or {}).values())))[found.argument]
        pairs = (
            (self.words("before the call"), self._content(before, found.after)),
            (self.words("after the call"), self._content(found.after, before)),
        )
        hint = self.words(
            "Assigning to `x[...]`, `+=` and methods ending in `_` change the caller's tensor."
        )
        if before.requires_grad != found.after.requires_grad:
            hint = self.words(
                "`requires_grad_()` changes the caller's tensor; `x.detach().requires_grad_()` is"
                " another one."
            )
        headline = self.words("{f} changes its argument `{name}`.", f=self.f, name=name)
        return _Parts(headline, pairs, hint=hint)

    def _content(self, value: Any, other: Any) -> str:
        if getattr(other, "shape", None) != value.shape:
            return shape_shown(value.shape)
        if other.dtype != value.dtype:
            return _dtype_shown(value.kind, value.dtype)
        if other.requires_grad != value.requires_grad:
            return f"requires_grad={value.requires_grad}"
        return shown(value, self.words)

    def list_changed(self, found: m.ListChanged) -> _Parts:
        name = self._list_argument(found.argument)
        if found.expected:
            return _Parts(self.words("{f} does not change the list `{name}`.", f=self.f, name=name))
        headline = self.words("{f} changes the list `{name}`.", f=self.f, name=name)
        hint = self.words("`append`, `pop`, `sort` and `del` change the caller's list.")
        return _Parts(headline, hint=hint)

    def argument_not_changed(self, found: m.ArgumentNotChanged) -> _Parts:
        name = self._argument(found.argument)
        headline = self.words("{f} does not change `{name}` in place.", f=self.f, name=name)
        hint = self.words(
            "`x = x + 1` binds the name to a new tensor; `x += 1` and methods ending in `_`"
            " write into the old one."
        )
        pair = (self.words("expected"), shown(found.expected, self.words))
        return _Parts(headline, (pair,), hint=hint)

    def argument_wrong(self, found: m.ArgumentWrong) -> _Parts:
        name = self._argument(found.argument)
        inner = _SAY[type(found.difference)](self, found.difference)
        match found.difference:
            case m.WrongShape():
                headline = self.words(
                    "{f} leaves the wrong shape in `{name}`.", f=self.f, name=name
                )
            case m.WrongDtype():
                headline = self.words(
                    "{f} leaves the wrong dtype in `{name}`.", f=self.f, name=name
                )
            case m.WrongRequiresGrad():
                headline = self.words(
                    "{f} switches off `requires_grad` of `{name}`.", f=self.f, name=name
                )
            case _:
                headline = self.words("{f} leaves wrong values in `{name}`.", f=self.f, name=name)
        labels = (self.words("expected"), self.words("after the call"))
        pairs = [(label, text) for label, (_, text) in zip(labels, inner.pairs, strict=False)]
        return _Parts(headline, tuple(pairs), inner.sentences)

    def own_memory(self, found: m.OwnMemory) -> _Parts:
        name = self._argument(found.argument)
        return _Parts(
            self.words("{f} returns a copy instead of a view of `{name}`.", f=self.f, name=name),
            sentences=(
                self.words(
                    "The result and `{name}` do not share memory: writing to one leaves the"
                    " other as it is.",
                    name=name,
                ),
                *self._where(found.path),
            ),
            hint=self.words(
                "Indexing with `:`, `.T`, `view` and `expand` give views; `clone`, `contiguous`"
                " and indexing with a list or a mask copy."
            ),
        )

    def shared_memory(self, found: m.SharedMemory) -> _Parts:
        words = self.words
        if found.argument is None:
            return _Parts(
                words("{f} returns two tensors that share memory.", f=self.f),
                sentences=(words("Changing one of the results changes the other."),),
            )
        name = self._argument(found.argument)
        return _Parts(
            words("{f} returns a view of `{name}` instead of a new tensor.", f=self.f, name=name),
            sentences=(
                words(
                    "The result and `{name}` share memory: changing one changes the other.",
                    name=name,
                ),
                *self._where(found.path),
            ),
            hint=words(
                "Indexing with `:`, `.T`, `view` and `expand` give views. `clone()` gives a"
                " tensor with its own memory."
            ),
        )

    def other_object(self, found: m.OtherObject) -> _Parts:
        name = self._argument(found.argument)
        headline = self.words("{f} does not return `{name}` itself.", f=self.f, name=name)
        return _Parts(
            headline,
            sentences=(self.words("It returns another object, even if the values are equal."),),
        )

    def not_contiguous(self, found: m.NotContiguous) -> _Parts:
        headline = self.words("{f} returns a tensor that is not contiguous.", f=self.f)
        hint = self.words(
            "`permute` and `transpose` only change how memory is read; `contiguous()` writes the"
            " elements in their new order."
        )
        return _Parts(headline, sentences=self._where(found.path), hint=hint)

    def not_writable(self, found: m.NotWritable) -> _Parts:
        words = self.words
        if found.overlaps:
            return _Parts(
                words("{f} returns a tensor whose elements share one place in memory.", f=self.f),
                sentences=self._where(found.path),
                hint=words(
                    "`expand` repeats without copying, so writing to one element writes to others."
                ),
            )
        return _Parts(
            words("{f} returns an array that cannot be written to.", f=self.f),
            hint=words(
                "`np.broadcast_to` gives a read-only view; `copy()` gives an array with its own"
                " memory."
            ),
        )

    def random_state_moved(self, found: m.RandomStateMoved) -> _Parts:
        return _Parts(
            self.words("{f} changes a global random state.", f=self.f),
            hint=self.words(
                "`torch.Generator().manual_seed(seed)` gives random numbers of its own and leaves"
                " the global state alone."
            ),
        )

    def gradient_left(self, found: m.GradientLeft) -> _Parts:
        name = self._argument(found.argument)
        return _Parts(
            self.words("{f} leaves a gradient in `{name}.grad`.", f=self.f, name=name),
            hint=self.words(
                "`backward()` adds to `.grad` of every leaf; `torch.autograd.grad` returns"
                " gradients instead."
            ),
        )

    def grad_left_off(self, found: m.GradLeftOff) -> _Parts:
        return _Parts(
            self.words("{f} leaves gradients switched off.", f=self.f),
            hint=self.words(
                "`with torch.no_grad():` switches them on again at its end;"
                " `torch.set_grad_enabled(False)` holds for all that follows."
            ),
            certain=True,
        )

    def wrong_requires_grad(self, found: m.WrongRequiresGrad) -> _Parts:
        words = self.words
        if found.expected:
            headline = words("{f} returns a tensor that does not require a gradient.", f=self.f)
            hint = words(
                "`detach()`, `.item()`, `torch.tensor(x)` and `torch.no_grad()` leave the history"
                " behind."
            )
        else:
            headline = words("{f} returns a tensor that requires a gradient.", f=self.f)
            hint = words("`detach()` gives the same values without their history.")
        return _Parts(headline, sentences=self._where(found.path), hint=hint)

    def numpy_number(self, found: m.NumpyNumber) -> _Parts:
        headline = self.words(
            "{f} returns a number of NumPy's instead of {expected}.",
            f=self.f,
            expected=type_shown(found.expected),
        )
        pair = self._pair(type(found.expected).__name__, f"np.{found.name}")
        hint = self.words("`item()` of an array, a tensor or such a number gives a Python number.")
        return _Parts(headline, pair, hint=hint)

    # ------------------------------------------------------------ rules

    def forbidden(self, found: m.Forbidden) -> _Parts:
        words = self.words
        headline = words(
            "{f} uses {what}, which this question forbids.", f=self.f, what=self._used(found)
        )
        if found.file is None:
            return _Parts(headline, sentences=(words("It was seen while the call above ran."),))
        error = m.Error(("",), "", found.file, found.line)
        return _Parts(headline, ((self._line_label(error), self._source_line(error)),))

    def _used(self, found: m.Forbidden) -> str:
        match found.what:
            case "autograd engine":
                return self.words("autograd")
            case "a comprehension":
                return self.words("a comprehension")
        return f"`{found.what}`"

    def not_examined(self, found: m.NotExamined) -> _Parts:
        words = self.words
        return _Parts(
            words(
                "{file} cannot be examined for what {f} must not use.", file=found.file, f=self.f
            ),
            hint=words("Expressions that are nested hundreds of levels deep cannot be read."),
        )

    def growing_operations(self, found: m.GrowingOperations) -> _Parts:
        words = self.words
        headline = words("{f} does more work for a larger `{size}`.", f=self.f, size=found.size)
        (small, least), *_, (large, most) = found.counts
        step, rest = divmod(most - least, large - small)
        if found.what == "steps":
            fact = words(
                "More lines of Python run for `{size} = {large}` than for `{size} = {small}`.",
                size=found.size,
                large=large,
                small=small,
            )
        elif rest:
            fact = words(
                "{least} tensor operations for `{size} = {small}`, {most} for `{size} = {large}`.",
                least=least,
                size=found.size,
                small=small,
                most=most,
                large=large,
            )
        else:
            fact = words(
                "{least} tensor operations for `{size} = {small}`, {step} more whenever `{size}`"
                " grows by 1.",
                least=least,
                size=found.size,
                small=small,
                step=step,
            )
        hint = words(
            "One operation on whole tensors replaces a loop over `{size}`.", size=found.size
        )
        return _Parts(headline, sentences=(fact,), hint=hint)

    def property_broken(self, found: m.PropertyBroken) -> _Parts:
        words = self.words
        if found.how is not None:
            parts = _SAY[type(found.how)](self, found.how)
        elif found.text is not None:
            parts = _Parts(found.text.in_language(words.language))
        else:
            parts = _Parts(words("{f} does not have a property that it must have.", f=self.f))
        parts.pairs += ((words("property"), found.name.replace("_", " ")),)
        return parts


_EXITS: Final[MessageId] = "`exit`, `quit` and `os._exit` end the whole program."
_UNMEASURED: Final = 1 << 50  # bytes; a folder that cannot be measured counts as endless


def _dtype_shown(kind: str, dtype: str) -> str:
    """Return the dtype of a tensor or of an array as code names it."""
    return f"{'np' if kind == 'array' else 'torch'}.{dtype}"


def _mebibytes(size: int) -> str:
    return f"{size / (1 << 20):.4g}"


_SAY: Final[Mapping[type[m.Mismatch], Callable[[_Sayer, Any], _Parts]]] = {
    m.NotDefined: _Sayer.not_defined,
    m.NotLoaded: _Sayer.not_loaded,
    m.Raised: _Sayer.raised,
    m.Overran: _Sayer.overran,
    m.Ended: _Sayer.ended,
    m.PrintedTooMuch: _Sayer.printed_too_much,
    m.OutOfMemory: _Sayer.out_of_memory,
    m.UsedTooMuch: _Sayer.used_too_much,
    m.WroteAnswers: _Sayer.wrote_answers,
    m.DidNotRaise: _Sayer.did_not_raise,
    m.RaisedOther: _Sayer.raised_other,
    m.WrongType: _Sayer.wrong_type,
    m.WrongLength: _Sayer.wrong_length,
    m.WrongKeys: _Sayer.wrong_keys,
    m.WrongShape: _Sayer.wrong_shape,
    m.WrongDtype: _Sayer.wrong_dtype,
    m.WrongDevice: _Sayer.wrong_device,
    m.WrongValues: _Sayer.wrong_values,
    m.ArgumentChanged: _Sayer.argument_changed,
    m.ListChanged: _Sayer.list_changed,
    m.ArgumentNotChanged: _Sayer.argument_not_changed,
    m.ArgumentWrong: _Sayer.argument_wrong,
    m.OwnMemory: _Sayer.own_memory,
    m.SharedMemory: _Sayer.shared_memory,
    m.OtherObject: _Sayer.other_object,
    m.NotContiguous: _Sayer.not_contiguous,
    m.NotWritable: _Sayer.not_writable,
    m.RandomStateMoved: _Sayer.random_state_moved,
    m.GradientLeft: _Sayer.gradient_left,
    m.GradLeftOff: _Sayer.grad_left_off,
    m.WrongRequiresGrad: _Sayer.wrong_requires_grad,
    m.NumpyNumber: _Sayer.numpy_number,
    m.Forbidden: _Sayer.forbidden,
    m.NotExamined: _Sayer.not_examined,
    m.GrowingOperations: _Sayer.growing_operations,
    m.PropertyBroken: _Sayer.property_broken,
}

__all__ = ["ArgumentTensor", "Fact", "Message", "message"]
