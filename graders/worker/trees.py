"""Digests of functions that do not change with names, comments, docstrings and annotations."""

from __future__ import annotations

import ast
import hashlib
import itertools
from collections.abc import Iterator, Sequence

from graders.worker.names import Code, read_code


def find_trees(
    blocks: Sequence[tuple[str, str]], functions: Sequence[str]
) -> dict[str, list[object]]:
    """Return a digest of each function with all that it reaches, and how many nodes it has."""
    found: dict[str, list[object]] = {}
    try:
        code = read_code(blocks)
    except (RecursionError, MemoryError):
        return found
    for name in functions:
        try:
            if name in code.definitions:
                found[name] = _tree(name, code)
        except RecursionError:
            continue
    return found


def _tree(name: str, code: Code) -> list[object]:
    """Return digest and size of a function and its helpers, in the order in which they appear."""
    digest = hashlib.sha256()
    size = 0
    order = {name: "g0"}
    for number in itertools.count():
        reached = [*order]
        if number == len(reached):
            return [digest.hexdigest()[:16], size]
        for node, _ in code.definitions[reached[number]]:
            for part in _parts(node, _Names(code, order, _bound(node))):
                digest.update(f"{part}\n".encode("utf-8", "backslashreplace"))
                size += not part.startswith(":")
    raise AssertionError


def _bound(node: ast.AST) -> set[str]:
    """Return the names that a definition binds, at any depth."""
    found = set()
    for inner in ast.walk(node):
        match inner:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.add(name)
    return found


class _Names:
    """What names become: a number where the student chose them, what was imported where not."""

    def __init__(self, code: Code, order: dict[str, str], bound: set[str]) -> None:
        self._code = code
        self._order = order  # of module-level definitions
        self._bound = bound
        self._local: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name in self._bound and name not in self._order:
            return self._local.setdefault(name, f"l{len(self._local)}")
        if name in self._code.definitions:
            return self._order.setdefault(name, f"g{len(self._order)}")
        return self._code.aliases.get(name, name)


def _parts(node: ast.AST, names: _Names) -> Iterator[str]:
    """Yield the kinds of nodes, depth first, and what they hold, which begins with a colon."""
    yield type(node).__name__
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "type_comment", "ctx", "kind", "type_params"):
            continue
        if field == "body" and isinstance(value, list):
            value = [each for each in value if not _says_nothing(each)]
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, ast.AST):
                yield from _parts(item, names)
            elif isinstance(item, str) and field in ("id", "arg", "name"):
                yield f":{field}={item if isinstance(node, ast.keyword) else names(item)}"
            else:
                yield f":{field}={item!r}"
        yield f":end {field}"


def _says_nothing(node: ast.AST) -> bool:
    """Whether a statement is a docstring, or another text that nobody uses."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
