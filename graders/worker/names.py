"""Knows the names in a submission's text: what they are defined as, and what a function reaches.

It runs in a worker that has run no student code, because reading hostile text can end a process.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from graders.worker import rules

_NAMESPACES = frozenset({"globals", "vars", "locals", "__dict__", "modules"})

_STARTED = ast.dump(ast.parse("__name__ == '__main__'", mode="eval").body)


@dataclass
class Code:
    """What the blocks of a submission define at module level."""

    definitions: dict[str, list[tuple[ast.AST, str]]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)  # name to dotted name

    @cached_property
    def looked_up(self) -> bool:
        """Whether names may be looked up by their text, as in `globals()["helper"]`."""
        nodes = [node for found in self.definitions.values() for node, _ in found]
        return any(
            last_name(inner) in _NAMESPACES
            for node in nodes
            for inner in ast.walk(node)
            if isinstance(inner, ast.expr)
        )


def read_code(blocks: Sequence[tuple[str, str]]) -> Code:
    """Return what blocks of [file name, text] define; raises RecursionError for deep ones."""
    code = Code()
    for file, text in blocks:
        try:
            _collect(ast.parse(text, file).body, file, code)
        except (SyntaxError, ValueError):
            continue  # such a block defines nothing
    return code


def _collect(body: Sequence[ast.stmt], file: str, code: Code) -> None:
    """Add what statements define at module level."""
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                code.definitions[name] = [(node, file)]  # the last definition wins
            case ast.ClassDef(name=name):
                code.definitions[name] = [(node, file)]
            case ast.Import() | ast.ImportFrom():
                code.aliases.update(_imported(node))
            case ast.If(test=test) if ast.dump(test) == _STARTED:
                _collect(node.orelse, file, code)  # the rest does not run when graded
            case ast.If() | ast.For() | ast.While() | ast.With() | ast.Try():
                for part in ("body", "orelse", "finalbody"):
                    _collect(getattr(node, part, []), file, code)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Expr():
                code.aliases.update(_renamed(node, code.aliases))
                for name in _assigned(node):
                    code.definitions.setdefault(name, []).append((node, file))


def _assigned(node: ast.stmt) -> list[str]:
    """Return the module-level names whose meaning a statement changes: `f = ...`, `A.x = ...`."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    names = []
    for target in targets:
        for inner in ast.walk(target) if target is not None else ():
            if isinstance(inner, ast.Name):
                names.append(inner.id)
    return names


def _renamed(node: ast.AST, aliases: dict[str, str]) -> dict[str, str]:
    """Return the name that an assignment gives to a module or a member of one: `xp = np`."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() as value):
            dotted = ast.unparse(value)
            root, _, rest = dotted.partition(".")
            if root in aliases:
                return {name: f"{aliases[root]}.{rest}".rstrip(".")}
    return {}


def _imported(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    if isinstance(node, ast.Import):
        return {
            alias.asname or alias.name.partition(".")[0]: (
                alias.name if alias.asname else alias.name.partition(".")[0]
            )
            for alias in node.names
        }
    return {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}


def reach(name: str, code: Code) -> tuple[list[tuple[ast.AST, str]], dict[str, set[str]]]:
    """Return the definitions that a function reaches by name, and who names whom."""
    waiting, seen = [name], {name}
    reached: list[tuple[ast.AST, str]] = []
    edges: dict[str, set[str]] = {}
    while waiting:
        current = waiting.pop()
        for node, file in code.definitions.get(current, []):
            reached.append((node, file))
            named = _names_in(node, code)
            edges.setdefault(current, set()).update(named)
            waiting += sorted(named - seen)
            seen |= named
    return reached, edges


def _names_in(node: ast.AST, code: Code) -> set[str]:
    names = {*scopes_in(node).free}
    if code.looked_up:
        names |= {*_texts(node)}
    for tree in executed(node):
        names |= _names_in(tree, code)
    return {name for name in names if name in code.definitions}


class Scopes(NamedTuple):
    """The names in a definition: those of the module, and those that a function of it binds."""

    free: frozenset[str]
    local: frozenset[str]


@cache  # who reaches a definition asks, and who looks through it
def scopes_in(node: ast.AST) -> Scopes:
    """Tell apart, as Python does, what a definition's names stand for; all may be the module's."""
    try:
        top = symtable.symtable(ast.unparse(node), "", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # too deep, or a cell's `await`
        names = (inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
        return Scopes(frozenset(names), frozenset())
    free = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    local: set[str] = set()
    waiting = [*top.get_children()]
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        for symbol in scope.get_symbols():
            if symbol.is_global():
                free.add(symbol.get_name())
            elif symbol.is_local() or symbol.is_free():
                local.add(symbol.get_name())
    return Scopes(frozenset(free), frozenset(local - free))


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        match inner:
            case ast.Subscript(slice=ast.Constant(value=str(text))):
                yield text


def executed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the trees of texts that are handed to exec, eval and compile as they stand."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and last_name(inner.func) in rules.DYNAMIC and inner.args:
            first = inner.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                try:
                    yield ast.parse(first.value)
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue


def last_name(node: ast.expr) -> str:
    """Return the name without what stands before its last dot; empty for other expressions."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def local_aliases(node: ast.AST, code: Code) -> dict[str, str]:
    """Return what the names stand for that a definition itself imports or renames."""
    found: dict[str, str] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import | ast.ImportFrom):
            found |= _imported(inner)
        elif isinstance(inner, ast.Assign):
            found |= _renamed(inner, code.aliases | found)
    return found
