"""The statements at module level of a submission, and which of them a function depends on.

The code is parsed, so this is for a student's own code on the student's own machine; where other
people's code is graded, only workers parse it.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SCOPES: Final = (*_DEFINITIONS, ast.Lambda)
_MODULES: Final = ("torch", "np", "numpy", "random", "plt", "nn", "F")
_SETTERS: Final = ("set_", "manual_seed", "seed")
_CALLS: Final = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom)


@dataclass(frozen=True)
class Statement:
    """One statement at module level, in the block of this number."""

    block: int
    node: ast.stmt

    @property
    def lines(self) -> range:
        """The numbers of its lines, decorators among them."""
        starts = [self.node.lineno]
        starts += [each.lineno for each in getattr(self.node, "decorator_list", [])]
        return range(min(starts), (self.node.end_lineno or self.node.lineno) + 1)

    @cached_property
    def binds(self) -> frozenset[str]:
        """The names that it gives a meaning; `*` when they cannot be known."""
        return frozenset(_bound(self.node))

    @cached_property
    def changes(self) -> frozenset[str]:
        """The names whose objects it writes into, as in `table[0] = 1` and `items.append(2)`.

        Modules are full of methods that change nothing: `torch.save` is none of these, but
        `torch.set_default_dtype` is.
        """
        return frozenset(_changed(self.node)) - {""}

    @cached_property
    def mentions(self) -> frozenset[str]:
        """The names of the module that it uses, now or when it is called."""
        table = symtable.symtable(ast.unparse(self.node), "statement", "exec")
        return frozenset(_globals_in(table))

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """Whatever in it may be a name of the module, texts among them."""
        return frozenset(_identifiers(self.node))

    @cached_property
    def meaning(self) -> str:
        """What tells whether it changed: neither comments nor layout nor place count."""
        return ast.dump(self.node)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """The lines of its parts; two statements of one meaning have as many of them."""
        nodes = ast.walk(self.node)
        return tuple(node.lineno for node in nodes if isinstance(node, ast.stmt | ast.expr))

    @property
    def replaces(self) -> bool:
        """Whether what its names meant before plays no part any more."""
        match self.node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                decorators = [_names(each) for each in self.node.decorator_list]
                return not self.binds & frozenset().union(*decorators)
            case ast.Import() | ast.ImportFrom():
                return True
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                return not self.binds & _names(value)
        return False


def statements(texts: Sequence[str]) -> list[Statement]:
    """Return the statements of these blocks in their order; raises one of `UNREADABLE`."""
    return [
        Statement(number, node)
        for number, text in enumerate(texts)
        for node in ast.parse(text).body
    ]


# ---------------------------------------------------------------- what a function needs to run


def needed_by(
    names: Iterable[str], code: Sequence[Statement], *, holds: Callable[[Statement], bool]
) -> list[Statement]:
    """Return what has to be run so that `names` mean what they meant after all of `code` ran.

    A statement that `holds` denies is left out: it never came into effect.
    """
    wanted = [*names]
    seen = {*wanted}
    found: set[int] = set()
    while wanted:
        current = wanted.pop()
        for number in _makers(current, code, holds):
            found.add(number)
            more = code[number].mentions - seen
            seen |= more
            wanted += sorted(more)
    return [code[number] for number in sorted(found)]


def _makers(
    name: str, code: Sequence[Statement], holds: Callable[[Statement], bool]
) -> Iterator[int]:
    """Yield the statements that make a name what it is, the last one first."""
    for number in reversed(range(len(code))):
        statement = code[number]
        if name in statement.changes or "*" in statement.binds:
            yield number
        elif name in statement.binds and holds(statement):
            yield number
            if statement.replaces:
                return


# ---------------------------------------------------------------- what a function may depend on


def reached_by(names: Iterable[str], code: Sequence[Statement]) -> list[Statement]:
    """Return all that the results of functions can depend on, rather too much than too little.

    That is every definition, import and plain assignment that they name, directly or through
    others, and every other statement of the module.
    """
    own = frozenset().union(*(each.binds for each in code if isinstance(each.node, _DEFINITIONS)))
    named: set[int] = set()
    wanted = {*names}
    always = {number for number, each in enumerate(code) if not _only_binds(each, own)}
    wanted |= set().union(*(code[number].identifiers for number in always))
    while True:
        more = {
            number
            for number, each in enumerate(code)
            if number not in named and (number in always or each.binds & wanted)
        }
        if not more:
            return [code[number] for number in sorted(named)]
        named |= more
        wanted |= set().union(*(code[number].identifiers for number in more))


def _only_binds(statement: Statement, own: frozenset[str]) -> bool:
    """Whether running it does nothing but give names a meaning."""
    match statement.node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            decorators = statement.node.decorator_list
            return not any(_names(decorator) & own for decorator in decorators)
        case ast.Import() | ast.ImportFrom():
            return "*" not in statement.binds
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            calls = any(isinstance(node, _CALLS) for node in ast.walk(value))
            return not calls and not statement.changes
        case ast.Expr(value=ast.Constant()):
            return True
    return False


def _identifiers(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(text)):
                yield text


# ---------------------------------------------------------------- what one statement does


def _names(node: ast.AST) -> frozenset[str]:
    return frozenset(inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))


def _globals_in(table: symtable.SymbolTable, *, module: bool = True) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (module or symbol.is_global()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _globals_in(inner, module=False)


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
            return
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (each.asname or each.name.partition(".")[0] for each in names)
        case ast.Name(id=name, ctx=ast.Store()) | ast.ExceptHandler(name=str(name)):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, ast.Lambda):
            yield from _bound(inner)


def _changed(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
            yield _root(node)
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=method) as place)):
            root = _root(place)
            if root not in _MODULES or method.startswith(_SETTERS):
                yield root
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, _SCOPES):
            yield from _changed(inner)


def _root(node: ast.expr) -> str:
    """Return the name at the beginning of `a.b[0].c`, if there is one."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
