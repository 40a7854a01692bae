"""Reads the properties beside an assignment."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.errors import Unsatisfiable

from graders.errors import AssignmentError
from graders.spec.problems import near_name

EXAMPLES: Final = 20


@dataclass(frozen=True)
class PropertyFile:
    """The properties beside an assignment."""

    path: Path
    names: Mapping[str, Any]

    @staticmethod
    def read(path: Path) -> PropertyFile:
        """Run the file; raises AssignmentError when that is not possible."""
        module = types.ModuleType(path.stem)
        try:
            source = path.read_text(encoding="utf-8")
            with _our_defaults():
                exec(compile(source, str(path), "exec", dont_inherit=True), module.__dict__)
        except Exception as error:
            raise AssignmentError(f"{path}: {said(error)}") from error
        return PropertyFile(path, module.__dict__)

    def test(self, name: str) -> Any:
        """Return a property by its name."""
        test = self.names.get(name)
        if test is None:
            hint = near_name(name, filter(self._is_property, self.names), "property")
            raise AssignmentError(f"{self.path}: there is no property `{name}`", hint=hint)
        if not self._is_property(name):
            raise AssignmentError(f"{self.path}: `{name}` has no `@given(...)` of Hypothesis")
        return test

    def _is_property(self, name: str) -> bool:
        return getattr(self.names[name], "is_hypothesis_test", False) is True


@contextmanager
def _our_defaults() -> Iterator[None]:
    """Let an author's own `@settings(...)` change only what it names."""
    settings.register_profile("before", settings.default)
    settings.register_profile(
        "graders",
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    settings.load_profile("graders")
    try:
        yield
    finally:
        settings.load_profile("before")


def said(error: Exception) -> str:
    """Return what the author of a property has to know about an exception in it."""
    match error:
        case AssignmentError(message=message):
            return message
        case Unsatisfiable():
            return "nothing can be drawn"
    return f"{type(error).__name__}: {error}"
