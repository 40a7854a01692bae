"""Small changes of a program: what a place of a syntax tree could say by mistake."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from typing import Any, Final

from graders.audit.tree import Step

DELETED: Final = None  # in the place of a statement

OPERATORS: Final[dict[type[ast.AST], tuple[type[ast.AST], ...]]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq, ast.Lt, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ORDERED: Final = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
REDUCTIONS: Final = ("sum", "mean", "prod", "amax", "amin", "std", "var", "all", "any", "norm")
SIBLINGS: Final[dict[str, tuple[str, ...]]] = {
    "sum": ("mean", "prod", "amax"),
    "mean": ("sum", "amax"),
    "prod": ("sum",),
    "amax": ("amin", "sum"),
    "amin": ("amax", "sum"),
    "max": ("min",),
    "min": ("max",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "all": ("any",),
    "any": ("all",),
    "std": ("var",),
    "var": ("std",),
    "sqrt": ("square",),
    "square": ("abs",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "new_zeros": ("new_ones",),
    "randn": ("rand",),
    "stack": ("cat",),
    "cat": ("stack",),
    "round": ("floor", "trunc"),
    "floor": ("round", "trunc"),
    "trunc": ("floor", "round"),
    "softmax": ("log_softmax",),
    "sigmoid": ("tanh",),
    "relu": ("abs",),
    "float16": ("float32",),
    "float32": ("float64",),
    "float64": ("float32",),
    "int32": ("int64",),
    "int64": ("int32",),
    "bool": ("uint8",),
    "float": ("double",),
    "double": ("float",),
    "long": ("int",),
}
UNTOUCHED: Final = ("strict",)  # keywords that only guard against what no case does
COUNTING: Final = ("range", "arange", "linspace", "randint")
SYMMETRIC: Final = ("transpose", "swapaxes", "swapdims", "maximum", "minimum", "max", "min")
TRANSPOSED: Final = ("T", "mT", "H", "mH")
IN_PLACE: Final[dict[type[ast.AST], str]] = {
    ast.Add: "add_",
    ast.Sub: "sub_",
    ast.Mult: "mul_",
    ast.Div: "div_",
}


def changes(way: tuple[Step, ...], modules: frozenset[str]) -> Iterator[Any]:
    """Yield what could stand in the place to which `way` leads; DELETED for nothing."""
    here = way[-1]
    match here.child:
        case ast.stmt():
            yield from _statements(way)
        case ast.Call():
            yield from _calls(here.child, here.parent, modules)
        case ast.BinOp():
            yield from _operations(here.child, way)
        case ast.Compare() | ast.BoolOp():
            yield from _comparisons(here.child)
        case ast.Attribute():
            yield from _attributes(here.child)
        case ast.Subscript() | ast.List() | ast.Tuple() | ast.Dict():
            yield from _orders(here)
        case ast.Slice():
            yield from _slices(here.child)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.UnaryOp() | ast.Constant() | ast.Name():
            yield from _numbers(here.child, way)
    if here.field in ("test", "ifs"):
        yield from _negated(here.child)


def _orders(here: Step) -> Iterator[Any]:
    """Yield a container, or the index of several dims, with two neighbours exchanged."""
    match here.child:
        case ast.Subscript(slice=ast.Tuple(elts=items) as index):
            yield from _exchanged(index, "elts", items, here.child, "slice")
        case ast.Dict(values=items):
            yield from _exchanged(here.child, "values", items)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            if not isinstance(here.parent, ast.Subscript):
                yield from _exchanged(here.child, "elts", items)


def _negated(condition: Any) -> Iterator[ast.expr]:
    if not isinstance(condition, ast.Compare | ast.UnaryOp):  # those are changed by themselves
        yield ast.UnaryOp(ast.Not(), condition)


def _copied(node: Any, **fields: Any) -> Any:
    """Return a copy of a node with other fields."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


# ---------------------------------------------------------------- statements


def _statements(way: tuple[Step, ...]) -> Iterator[Any]:
    node = way[-1].child
    match node:
        case ast.Raise():
            yield DELETED
            yield ast.Raise(ast.Name("RuntimeError"))
        case ast.Return(value=ast.expr() as value) if _gives_tensor(way[0].parent):
            for name in ("float", "double"):
                yield ast.Return(ast.Call(ast.Attribute(value, name, ast.Load()), [], []))
        case ast.Expr() | ast.AugAssign():
            yield DELETED
        case ast.Assign(targets=[target]) if _is_bound_before(target, way):
            yield DELETED
        case ast.If(body=body, orelse=orelse) if len(body) > 1 or orelse:
            yield DELETED
        case ast.With(body=body):
            yield ast.If(ast.Constant(True), body, [])
        case ast.For(body=body) | ast.While(body=body):
            yield _copied(node, body=[*body, ast.Break()])
    if isinstance(node, ast.AugAssign):
        for other in OPERATORS.get(type(node.op), ()):
            yield _copied(node, op=other())
        loaded = _copied(node.target, ctx=ast.Load())
        yield ast.Assign([node.target], ast.BinOp(loaded, node.op, node.value), lineno=node.lineno)


def _gives_tensor(function: Any) -> bool:
    annotation = function.returns
    return annotation is not None and ast.unparse(annotation) in ("Tensor", "torch.Tensor")


def _is_bound_before(target: ast.expr, way: tuple[Step, ...]) -> bool:
    """Whether the code runs on without an assignment, which is the interesting case."""
    if not isinstance(target, ast.Name):
        return not isinstance(target, ast.Tuple)
    function = way[0].parent
    assert isinstance(function, ast.FunctionDef)
    if target.id in {argument.arg for argument in function.args.args}:
        return True
    places = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == target.id]
    return min(places, key=lambda n: (n.lineno, n.col_offset)) is not target


# ---------------------------------------------------------------- calls


def _calls(node: ast.Call, parent: ast.AST, modules: frozenset[str]) -> Iterator[Any]:
    name = _called(node)
    subject = _subject(node, modules)
    if subject is not None and not isinstance(parent, ast.Expr):
        yield subject
    if name not in SYMMETRIC:
        yield from _exchanged(node, "args", node.args)
    for place, keyword in enumerate(node.keywords):
        if keyword.arg not in (None, *UNTOUCHED):
            yield _copied(node, keywords=_without(node.keywords, place))
    if name in REDUCTIONS and _has_axis(node, subject):
        kept = ast.keyword("keepdim", ast.Constant(True))
        yield _copied(node, keywords=[*node.keywords, kept])
    if name in COUNTING:
        for place, argument in enumerate(node.args):
            if not isinstance(argument, ast.Constant | ast.Starred | ast.Tuple):
                for other in _off_by_one(argument):
                    yield _copied(node, args=_with(node.args, place, other))


def _without(items: Sequence[Any], place: int) -> list[Any]:
    return [*items[:place], *items[place + 1 :]]


def _with(items: Sequence[Any], place: int, item: Any) -> list[Any]:
    return [*items[:place], item, *items[place + 1 :]]


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _subject(node: ast.Call, modules: frozenset[str]) -> ast.expr | None:
    """Return what a call works on: the object of a method, else its first argument."""
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value, modules):
        return node.func.value
    if not node.args:
        return None
    first = node.args[0]
    return first.value if isinstance(first, ast.Starred) else first


def _is_module(node: ast.expr, modules: frozenset[str]) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in modules


def _has_axis(node: ast.Call, subject: ast.expr | None) -> bool:
    names = {keyword.arg for keyword in node.keywords}
    if "keepdim" in names or "keepdims" in names:
        return False
    return bool(names & {"dim", "axis"}) or (bool(node.args) and node.args[0] is not subject)


def _exchanged(
    node: Any, field: str, items: Sequence[ast.expr], outer: Any = None, place: str = ""
) -> Iterator[Any]:
    """Yield a node with two neighbours exchanged, inside `outer` where there is one."""
    for index in range(len(items) - 1):
        order = [*items[:index], items[index + 1], items[index], *items[index + 2 :]]
        new = _copied(node, **{field: order})
        yield _copied(outer, **{place: new}) if outer is not None else new


# ---------------------------------------------------------------- operations


def _operations(node: ast.BinOp, way: tuple[Step, ...]) -> Iterator[Any]:
    for other in OPERATORS.get(type(node.op), ()):
        yield _copied(node, op=other())
    if isinstance(node.op, ORDERED):
        yield _copied(node, left=node.right, right=node.left)
    yield node.left
    yield node.right
    name = IN_PLACE.get(type(node.op))
    if name is not None and _is_tensor_argument(node.left, way[0].parent):
        yield ast.Call(ast.Attribute(node.left, name, ast.Load()), [node.right], [])


def _is_tensor_argument(node: ast.expr, function: Any) -> bool:
    return isinstance(node, ast.Name) and any(
        argument.arg == node.id
        and (argument.annotation is None or "Tensor" in ast.unparse(argument.annotation))
        for argument in function.args.args
    )


def _comparisons(node: ast.Compare | ast.BoolOp) -> Iterator[Any]:
    if isinstance(node, ast.BoolOp):
        yield from (_copied(node, op=other()) for other in OPERATORS[type(node.op)])
        return
    for place, operator in enumerate(node.ops):
        for other in OPERATORS[type(operator)]:
            yield _copied(node, ops=_with(node.ops, place, other()))


def _attributes(node: ast.Attribute) -> Iterator[Any]:
    if not isinstance(node.ctx, ast.Load):
        return
    for other in SIBLINGS.get(node.attr, ()):
        yield _copied(node, attr=other)
    if node.attr in TRANSPOSED:
        yield node.value
    if node.attr.endswith("_") and node.attr != "requires_grad_":
        yield _copied(node, attr=node.attr[:-1])


# ---------------------------------------------------------------- numbers


def _numbers(node: ast.expr, way: tuple[Step, ...]) -> Iterator[Any]:
    here = way[-1]
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value) | float(value))):
            yield from _near(-value, here)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            if getattr(here.parent, "arg", None) not in UNTOUCHED:
                yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            if not isinstance(here.parent, ast.UnaryOp):
                yield from _near(value, here)
        case ast.Name(ctx=ast.Load()) if _is_index(way):
            yield from _off_by_one(node)


def _near(value: float, here: Step) -> Iterator[ast.expr]:
    """Yield numbers beside a number, and the usual axes where it may be one."""
    near = [value + 1, value - 1]
    if isinstance(value, int) and isinstance(here.parent, ast.Call | ast.keyword):
        near += [0, 1, -1]
    for other in dict.fromkeys(near):
        if other != value:
            yield _number(other)


def _number(value: float) -> ast.expr:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _is_index(way: tuple[Step, ...]) -> bool:
    """Whether a name stands as an index: `x[i]` or `x[:, i]`."""
    steps = way[-2:] if isinstance(way[-1].parent, ast.Tuple) and len(way) > 1 else way[-1:]
    return isinstance(steps[0].parent, ast.Subscript) and steps[0].field == "slice"


def _slices(node: ast.Slice) -> Iterator[Any]:
    if node.lower is None:
        yield _copied(node, lower=ast.Constant(1))
    elif not isinstance(node.lower, ast.Constant | ast.UnaryOp):
        yield from (_copied(node, lower=other) for other in _off_by_one(node.lower))
    if node.upper is None:
        yield _copied(node, upper=_number(-1))
    elif not isinstance(node.upper, ast.Constant | ast.UnaryOp):
        yield from (_copied(node, upper=other) for other in _off_by_one(node.upper))


def _off_by_one(node: ast.expr) -> Iterator[ast.expr]:
    yield ast.BinOp(node, ast.Add(), ast.Constant(1))
    yield ast.BinOp(node, ast.Sub(), ast.Constant(1))
