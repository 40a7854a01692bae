"""Loads an assignment's reference and observes it, in the grader's own process."""

from __future__ import annotations

import ast
import hashlib
import json
import linecache
import re
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graders.checks.outcome import Outcome, decode_outcome
from graders.errors import AssignmentError
from graders.worker import wire
from graders.worker.client import Answer, Expected


@dataclass
class Reference:
    """The module that defines what right answers are; it is run when it is first called."""

    path: Path
    source: str
    _namespace: dict[str, Any] | None = field(default=None, repr=False)

    @staticmethod
    def read(path: Path) -> Reference:
        """Read the file; raises AssignmentError when that is not possible."""
        try:
            return Reference(path, path.read_text(encoding="utf-8"))
        except OSError as error:
            raise AssignmentError(
                f"{path}: the reference solution cannot be read: {error.strerror}",
                hint="the YAML's key `reference` names another place",
            ) from error
        except UnicodeDecodeError as error:
            raise AssignmentError(f"{path}: the reference solution is not UTF-8 text") from error

    @property
    def digest(self) -> str:
        """A hash of its text."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    def functions(self) -> set[str]:
        """Return the names that it defines, without running it."""
        try:
            tree = ast.parse(self.source, str(self.path))
        except SyntaxError as error:
            raise AssignmentError(f"{self.path}:{error.lineno}: {error.msg}") from error
        names = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                names |= {alias.asname or alias.name for alias in node.names}
            elif isinstance(node, ast.Assign):
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        return names

    def function(self, name: str) -> Callable[..., Any]:
        """Return one of its functions."""
        if self._namespace is None:
            self._namespace = self._run()
        try:
            return self._namespace[name]  # type: ignore[no-any-return]
        except KeyError:
            raise AssignmentError(f"{self.path}: the function `{name}` is missing") from None

    def _run(self) -> dict[str, Any]:
        module = types.ModuleType(f"reference of {self.path.stem}")
        module.__file__ = str(self.path)
        sys.modules[module.__name__] = module
        lines = self.source.splitlines(keepends=True)
        linecache.cache[str(self.path)] = (len(self.source), None, lines, str(self.path))
        try:
            exec(compile(self.source, str(self.path), "exec", dont_inherit=True), module.__dict__)
        except Exception as error:
            raise AssignmentError(
                f"{self.path}: running it raised {type(error).__name__}: {error}"
            ) from error
        return module.__dict__

    def raises_on_purpose(self, outcome: Outcome) -> bool:
        """Whether the exception of an outcome comes from a `raise` in the reference."""
        if outcome.error is None or outcome.error.file != str(self.path):
            return False
        line = linecache.getline(str(self.path), outcome.error.line)
        return re.search(r"(^|[:;])\s*raise\b", line) is not None


@dataclass(frozen=True)
class Observed:
    """What the reference did on one call."""

    record: dict[str, Any]
    payload: bytes
    seconds: float
    operations: int = 0  # of tensors, where they were counted

    def expected(self, device: str) -> Expected:
        """Return the answer that says the same of a call with its tensors on a device.

        A text that says "cpu" is changed as well, so a difference from this proves nothing.
        """
        record = self.record
        if device != "cpu":
            text = json.dumps(record).replace('"cpu"', json.dumps(device))
            record = json.loads(text)
        known, _ = wire.without_words(record)
        return Expected(wire.dump_header(known), Answer(record, self.payload))

    def outcome(self) -> Outcome:
        """Decode it."""
        return decode_outcome(self.record, self.payload)


def observe_reference(
    reference: Reference, name: str, arguments: list[Any], options: dict[str, Any]
) -> Observed:
    """Call one of the reference's functions through the code that workers use."""
    from graders.worker import compiler, observe

    compiler.install_stand_in()
    payload = bytearray()
    trees = wire.encode_arguments(arguments, payload)
    built = observe.build_arguments(trees, observe.Memory(memoryview(payload)))
    names = frozenset([str(reference.path)])
    seen = observe.observe(reference.function(name), built, observe.Options(**options), names)
    count = seen.operations[0] if seen.operations is not None else 0
    return Observed(seen.record, seen.payload, seen.seconds, count)
