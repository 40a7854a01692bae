"""Finds forbidden calls in source text: in what a question's function reaches, and nowhere else.

It runs in a worker that has run no student code, because reading hostile text can end a process.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from graders.worker import rules
from graders.worker.names import Code, executed, local_aliases, reach, read_code, scopes_in

Use: TypeAlias = tuple[str, str, str, int]
"""A rule of the assignment, what breaks it, file name and line."""

_MODULES = ("torch", "numpy", "operator", "functools", "itertools", "functorch", "scipy")


def find_uses(
    blocks: Sequence[tuple[str, str]], questions: dict[str, Sequence[str]]
) -> dict[str, list[Use]]:
    """Return what each question's function, and all that it reaches, uses of what is forbidden."""
    code = read_code(blocks)
    return {name: _uses(name, forbidden, code) for name, forbidden in questions.items()}


def _uses(name: str, forbidden: Sequence[str], code: Code) -> list[Use]:
    found: list[Use] = []
    reached, edges = reach(name, code)
    for node, file in reached:
        inside = local_aliases(node, code)
        local = scopes_in(node).local - inside.keys()
        aliases = {name: dotted for name, dotted in code.aliases.items() if name not in local}
        found += _Finder(forbidden, code, aliases | inside, file, local).find(node)
    if "loops" in forbidden:
        found += _recursions(name, edges, code)
    return sorted(set(found), key=_place)


def _place(use: Use) -> tuple[str, int, int, Use]:
    """Return what sorts uses by line, and the fullest name of the same thing first."""
    _, what, file, line = use
    return file, line, -len(what), use


def _recursions(name: str, edges: dict[str, set[str]], code: Code) -> Iterator[Use]:
    """Yield functions that reach themselves: a loop by another name."""
    for start in edges:
        waiting, seen = list(edges[start]), set(edges[start])
        while waiting:
            more = edges.get(waiting.pop(), set()) - seen
            seen |= more
            waiting += more
        node, file = code.definitions[start][-1]
        if start in seen and isinstance(node, ast.FunctionDef):
            yield ("loops", f"{start}(...)", file, node.lineno)


@dataclass
class _Finder:
    """Looks through one definition."""

    forbidden: Sequence[str]
    code: Code
    aliases: dict[str, str]
    file: str
    local: frozenset[str]  # names that stand for nothing of the module
    line: int = 0  # of the text that is handed to exec
    _own_values: set[str] = field(default_factory=set)  # names of objects of the student's classes
    _harmless: set[int] = field(default_factory=set)  # nodes that turn gradients off

    def find(self, node: ast.AST) -> Iterator[Use]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign):
                self._look_at(inner)
        for inner in ast.walk(node):
            for rule, what in self._broken(inner):
                yield (rule, what, self.file, self.line or getattr(inner, "lineno", 0))
            if isinstance(inner, ast.Call):
                for tree in executed(inner):
                    line = self.line or inner.lineno
                    yield from _Finder(
                        self.forbidden, self.code, self.aliases, self.file, self.local, line
                    ).find(tree)

    def _look_at(self, node: ast.Assign) -> None:
        """Take note of `v = Vector(...)` and of `x.requires_grad = False`."""
        if self._is_own_object(node.value):
            self._own_values |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        if _is_false(node.value):
            self._harmless |= {id(target) for target in node.targets}

    def _is_own_object(self, node: ast.expr) -> bool:
        """Whether an expression makes an object of a class of the student's."""
        match node:
            case ast.Call(func=ast.Name(id=name)):
                return any(
                    isinstance(found, ast.ClassDef)
                    for found, _ in self.code.definitions.get(name, [])
                )
        return False

    def _broken(self, node: ast.AST) -> Iterator[tuple[str, str]]:
        for rule in self.forbidden:
            match rule:
                case "loops":
                    what = self._loop(node)
                case "matrix products":
                    what = self._matrix_product(node)
                case "autograd":
                    what = self._autograd(node)
                case "backward operations":
                    what = self._backward_operation(node)
                case _:
                    what = self._named(node, rule)
            if what:
                yield rule, what

    def _loop(self, node: ast.AST) -> str:
        match node:
            case ast.For() | ast.AsyncFor():
                return "for"
            case ast.While():
                return "while"
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return "a comprehension"
        dotted = self._dotted(node)
        last = dotted.rpartition(".")[2]
        plain = last in ("map", "filter") and dotted == last
        known = dotted.startswith(_MODULES) and last in rules.LOOPING_CALLS
        if plain or (known and not (dotted.startswith("numpy.") and last == "reduce")):
            return last  # a reduction by one of NumPy's functions is no loop
        return last if dotted.startswith("itertools.") else ""

    def _matrix_product(self, node: ast.AST) -> str:
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            return "@"
        dotted = self._dotted(node)
        last = dotted.rpartition(".")[2]
        if dotted.startswith(_MODULES) and last in rules.MATRIX_FUNCTIONS:
            return dotted
        return self._method(node, rules.MATRIX_METHODS)

    def _autograd(self, node: ast.AST) -> str:
        match node:
            case ast.keyword(arg="requires_grad", value=value):
                return "" if _is_false(value) else "requires_grad"
            case ast.Attribute(attr="requires_grad", ctx=ast.Store()):
                return "" if id(node) in self._harmless else "requires_grad"
            case ast.Call(func=ast.Attribute(attr="requires_grad_"), args=[value]) if _is_false(
                value
            ):
                return ""
        dotted = self._dotted(node)
        if dotted in rules.AUTOGRAD_HARMLESS:
            return ""
        if dotted.startswith(tuple(f"{module}." for module in rules.AUTOGRAD_MODULES)):
            return dotted
        if dotted.startswith("torch.") and dotted.rpartition(".")[2] in rules.AUTOGRAD_NAMES:
            return dotted
        return self._method(node, frozenset({"requires_grad_"}))

    def _backward_operation(self, node: ast.AST) -> str:
        dotted = self._dotted(node)
        last = dotted.rpartition(".")[2]
        known = dotted.startswith("torch.") and rules.BACKWARD in last and last != "backward"
        return dotted if known else ""

    def _named(self, node: ast.AST, name: str) -> str:
        dotted = self._dotted(node)
        matches = dotted == name or dotted.endswith(f".{name}")
        if matches and (dotted.startswith(_MODULES) or name not in self.code.definitions):
            return dotted
        return self._method(node, frozenset({name})) if "." not in name else ""

    def _method(self, node: ast.AST, names: frozenset[str]) -> str:
        """Return the method that is called, unless it is one of the student's own."""
        if not isinstance(node, ast.Call):
            return ""
        name, owner = self._member(node.func)
        if name not in names or (owner is not None and self._is_own(owner)):
            return ""
        return f".{name}"

    def _is_own(self, owner: ast.expr) -> bool:
        if not isinstance(owner, ast.Name):
            return self._is_own_object(owner)
        of_module = owner.id in self.code.definitions and owner.id not in self.local
        return of_module or owner.id in {"self", "cls", *self._own_values}

    def _member(self, node: ast.expr) -> tuple[str, ast.expr | None]:
        match node:
            case ast.Attribute(attr=name, value=owner):
                return name, owner
            case ast.Call(
                func=ast.Name(id="getattr"), args=[owner, ast.Constant(value=str(name)), *_]
            ):
                return name, owner
        return "", None

    def _dotted(self, node: ast.AST) -> str:
        """Return what a name or an attribute means in full, such as `torch.nn.functional.relu`."""
        match node:
            case ast.Name(id=name) if name in self.aliases:
                return self.aliases[name]
            case ast.Name(id=name) if name not in self.local and name not in self.code.definitions:
                star = self.aliases.get("*")  # from numpy import *
                return f"{star[:-1]}{name}" if star and not hasattr(builtins, name) else name
            case ast.Attribute() | ast.Call():
                name, owner = self._member(node)
                before = self._dotted(owner) if owner is not None else ""
                return f"{before}.{name}" if before else ""
        return ""


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False
