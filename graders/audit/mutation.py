"""Mutants: the text of a reference with one small change in one function.

A mutant is a mistake that nobody thought of when the checks were chosen. Each place of a function's
syntax tree is offered to the makers of changes in `graders.audit.changes`; what they give back is
put in its place, and the function is written anew while the rest of the file stays as it is.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from graders.audit.changes import DELETED, changes
from graders.audit.tree import Step, steps

QUIET: Final = (
    ast.Constant,
    ast.Name,
    ast.Slice,
    ast.Tuple,
    ast.UnaryOp,
    ast.Yield,
)  # shown with more


@dataclass(frozen=True)
class Mutant:
    """A reference with one change."""

    function: str  # in which the change is: the question's, or one that it calls
    line: int  # of the reference
    change: str  # such as `dim=0 -> dim=1`; no other mutant of the function has the same
    source: str


@dataclass(frozen=True)
class _Change:
    """One change: the nodes around it before and after, from the smallest to the function."""

    line: int
    levels: tuple[tuple[ast.AST, Any], ...]

    @property
    def function(self) -> str:
        return ast.unparse(self.levels[-1][1])

    def texts(self) -> Iterator[str]:
        """Yield how it can be said, the shortest first."""
        outer = [before for before, _ in self.levels[1:]]
        for (before, after), around in zip(self.levels, outer, strict=False):
            if not isinstance(before, QUIET) and getattr(around, "func", None) is not before:
                yield _said(before, after)


def mutants(source: str, function: str, questions: Collection[str]) -> list[Mutant]:
    """Return the mutants of a question's function and of the helpers that it alone stands on.

    Other questions' functions are left alone: their mutants are their own.
    """
    tree = ast.parse(source)
    defined = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    modules = _imported(tree)
    return [
        mutant
        for name in _reached(function, defined, questions)
        for mutant in _mutants_of(defined[name], source, modules)
    ]


def _imported(tree: ast.Module) -> frozenset[str]:
    """Return the names of modules, whose attributes are functions rather than methods."""
    return frozenset(
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    )


def _reached(
    function: str, defined: dict[str, ast.FunctionDef], questions: Collection[str]
) -> list[str]:
    found = [function] if function in defined else []
    for name in found:  # grows
        names = [node.id for node in ast.walk(defined[name]) if isinstance(node, ast.Name)]
        own = [other for other in names if other in defined and other not in questions]
        found += [other for other in dict.fromkeys(own) if other not in found]
    return found


def _mutants_of(
    function: ast.FunctionDef, source: str, modules: frozenset[str]
) -> Iterator[Mutant]:
    found: dict[str, _Change] = {}
    for chain in steps(function):
        for replacement in changes(chain, modules):
            change = _applied(chain, replacement)
            found.setdefault(change.function, change)
    found.pop(ast.unparse(function), None)
    names = _names(list(found.values()))
    for (text, change), name in zip(found.items(), names, strict=True):
        yield Mutant(function.name, change.line, name, _spliced(source, function, text))


def _applied(chain: tuple[Step, ...], replacement: Any) -> _Change:
    """Put a replacement in the place to which a chain of steps leads, without touching the tree."""
    before = chain[-1].child
    levels = [(before, replacement)]
    line = next(s.child.lineno for s in reversed(chain) if hasattr(s.child, "lineno"))
    after = ast.Pass() if replacement is DELETED else replacement
    for step in reversed(chain):
        before, after = step.parent, _with_child(step, after)
        levels.append((before, after))
    return _Change(line, tuple(levels))


def _with_child(step: Step, child: ast.AST) -> ast.AST:
    parent = copy.copy(step.parent)
    if step.index is None:
        setattr(parent, step.field, child)
    else:
        items = [*getattr(parent, step.field)]
        items[step.index] = child
        setattr(parent, step.field, items)
    return parent


def _spliced(source: str, function: ast.FunctionDef, text: str) -> str:
    lines = source.splitlines()
    start = min([function.lineno, *(node.lineno for node in function.decorator_list)])
    assert function.end_lineno is not None
    return "\n".join([*lines[: start - 1], text, *lines[function.end_lineno :], ""])


# ---------------------------------------------------------------- how a change is said


def _names(found: list[_Change]) -> list[str]:
    """Say each change as shortly as sets it apart from all others of the function."""
    said = [list(dict.fromkeys(change.texts())) for change in found]
    times = Counter(text for texts in said for text in texts)
    counted: Counter[str] = Counter()
    names = []
    for texts in said:
        name = next((text for text in texts if times[text] == 1), texts[0])
        counted[name] += 1
        names.append(name if counted[name] == 1 else f"{name} ({counted[name]})")
    return names


def _said(before: ast.AST, after: Any) -> str:
    if after is DELETED:
        return f"{_line(before)} -> nothing"
    if isinstance(after, ast.If) and not isinstance(before, ast.If):
        return f"{_line(before)} -> its body alone"
    if isinstance(before, ast.For | ast.While) and _line(before) == _line(after):
        return f"{_line(before)} -> the first round alone"
    return f"{_line(before)} -> {_line(after)}"


def _line(node: ast.AST) -> str:
    """Return a node as code; of a statement with a body, the first line."""
    return ast.unparse(node).strip().partition("\n")[0]
