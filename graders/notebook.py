"""Grades a function of the running notebook: `from graders.notebook import check`.

The kernel only collects code and shows the report. A process of its own grades, so that nothing
that the notebook did to PyTorch can reach the reference, and it stays warm between two checks.
"""

from __future__ import annotations

import ast
import atexit
import contextlib
import inspect
import json
import os
import subprocess
import sys
import tempfile
import types
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from graders.feedback.language import Words, default_language, language_like
from graders.submissions.magics import plain_python
from graders.submissions.statements import UNREADABLE, Statement, needed_by, statements

__all__ = ["CheckError", "Checked", "check"]

ROOT: Final = Path(__file__).parents[1]
COMMAND: Final = (
    f"import sys; sys.path[:] = [{str(ROOT)!r}, *filter(None, sys.path)];"
    " from graders.notebook_grader import main; main()"
)


class CheckError(Exception):
    """The check cannot be made: the question, the assignment or the language is unclear."""

    def _render_traceback_(self) -> list[str]:
        """Let IPython show the sentence alone."""
        return [f"check: {self}"]


@dataclass(frozen=True)
class Checked:
    """What a check concludes; notebooks show it as a report."""

    question: str
    points: float
    max_points: float
    verdict: str
    text: str = field(repr=False)
    html: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.html}


def check(question: str, *, assignment: str | None = None, lang: str | None = None) -> Checked:
    """Grade one function as it stands in the running notebook; the last definition counts.

    Without `assignment` the notebook's variable of that name counts, and without that the only
    assignment that has such a question.
    """
    shell = _shell()
    names = shell.user_ns if shell else vars(sys.modules["__main__"])
    cells = dict(_cells(shell) if shell else _script(names))
    request = {
        "question": question,
        "assignment": _place(assignment or _text_in(names, "assignment")),
        "language": lang or _text_in(names, "language"),
        "file": _file_name(names),
    }
    functions = _asked(request)["functions"]
    checked = Checked(question, **_asked(request | {"cells": _needed(functions, names, cells)}))
    if shell is None:
        print(checked.text, end="")
    return checked


def _asked(request: dict[str, Any]) -> dict[str, Any]:
    answer = _grader().ask(request)
    if "silent" in answer:  # perhaps something ended it since the last check
        answer = _grader().ask(request)
    if "silent" in answer:
        words = Words(language_like(request["language"] or "") or default_language())
        raise CheckError(
            words("the grader has ended, which is its own fault: {last}", last=answer["silent"])
        )
    if "error" in answer:
        raise CheckError(answer["error"])
    return answer


def _place(assignment: str | None) -> str | None:
    """Return the assignment so that a process in another folder finds it, too."""
    named = assignment is not None and assignment.endswith((".yaml", ".yml"))
    return str(Path(assignment or "").absolute()) if named else assignment


def _text_in(names: Mapping[str, Any], name: str) -> str | None:
    value = names.get(name)
    return value if isinstance(value, str) else None


# ---------------------------------------------------------------- the code of the notebook


def _shell() -> Any:
    """Return IPython's shell, or None where this is plain Python."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def _cells(shell: Any) -> Iterator[tuple[int, str]]:
    """Yield what was run, by the number that stands beside the cell."""
    for number, text in enumerate(shell.history_manager.input_hist_raw):
        code = plain_python(text).code if text else None
        if code is not None:
            yield number, code


def _script(names: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    with contextlib.suppress(KeyError, OSError, UnicodeDecodeError):
        yield 1, Path(names["__file__"]).read_text(encoding="utf-8")


def _file_name(names: Mapping[str, Any]) -> str:
    """Return the notebook's name as far as its editor tells it."""
    told = names.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME") or ""
    name = Path(str(told)).name
    return name if name.endswith(".ipynb") else "notebook.ipynb"


def _needed(
    functions: Sequence[str], names: Mapping[str, Any], cells: Mapping[int, str]
) -> list[tuple[int, str]]:
    """Return the cells that define functions, blank but for the lines that these need.

    Later cells that would define the first one, but are not Python, follow: the report says so.
    """
    question = functions[0]
    readable = {number: text for number, text in cells.items() if _compiles(text)}
    if callable(names.get(question)):
        defined = [name for name in functions if callable(names.get(name))]
        chosen = _defining(defined, names, readable)
    else:
        chosen = {0: _stand_ins(names)}
    last = max(chosen, default=0)
    broken = {
        number: text
        for number, text in cells.items()
        if number > last and number not in readable and f"def {question}(" in text
    }
    return sorted((chosen | broken).items())


def _defining(
    functions: Sequence[str], names: Mapping[str, Any], readable: Mapping[int, str]
) -> dict[int, str]:
    texts = list(readable.values())

    def holds(statement: Statement) -> bool:
        return _holds(statement, texts[statement.block], names)

    found = needed_by(functions, statements(texts), holds=holds)
    kept = {
        number: [each.lines for each in found if each.block == place]
        for place, number in enumerate(readable)
    }
    return {number: _only(readable[number], lines) for number, lines in kept.items() if lines}


def _compiles(text: str) -> bool:
    """Whether the notebook can have run the cell."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "cell", "exec", flags, dont_inherit=True)
    except UNREADABLE:
        return False
    return True


def _holds(statement: Statement, text: str, names: Mapping[str, Any]) -> bool:
    """Whether a definition is the one in force: a cell that stops early defines nothing new."""
    node = statement.node
    value = names.get(node.name) if isinstance(node, ast.FunctionDef) else None
    if not isinstance(value, types.FunctionType) or value.__module__ != "__main__":
        return True
    try:
        source = inspect.getsource(value)
    except (OSError, TypeError):
        return True
    lines = text.split("\n")[statement.lines.start - 1 : statement.lines.stop - 1]
    return source.strip() == "\n".join(lines).strip()


def _only(text: str, kept: list[range]) -> str:
    """Blank all other lines, so that each line keeps its number."""
    wanted = {number for lines in kept for number in lines}
    return "\n".join(
        line if number in wanted else "" for number, line in enumerate(text.split("\n"), start=1)
    )


def _stand_ins(names: Mapping[str, Any]) -> str:
    """Return code that defines the same functions, empty: a similar name may be among them."""
    found = [name for name, value in names.items() if isinstance(value, types.FunctionType)]
    own = [name for name in found if names[name].__module__ == "__main__" and name.isidentifier()]
    return "\n".join(f"def {name}(): pass" for name in own)


# ---------------------------------------------------------------- the process that grades


class _Grader:
    """A process that answers requests, one line of JSON each."""

    def __init__(self) -> None:
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
            start_new_session=True,  # interrupting the kernel must not end it in mid-sentence
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        answer = ""
        try:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps(request) + "\n")
                self._process.stdin.flush()
            answer = self._process.stdout.readline()
        finally:
            if not answer:  # it died, or the student stopped waiting
                self.close()
        if not answer:
            return {"silent": self._last_words()}
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()  # type: ignore[union-attr]

    def _last_words(self) -> str:
        self._complaints.seek(0)
        said = self._complaints.read().decode("utf-8", "replace").strip()
        return said.rpartition("\n")[2][-500:]


_running: list[_Grader] = []


def _grader() -> _Grader:
    """Return the process that grades, started when it is first needed."""
    if not _running or not _running[0].alive:
        _running[:] = [_Grader()]
    return _running[0]


@atexit.register
def _close() -> None:
    for grader in _running:
        grader.close()
