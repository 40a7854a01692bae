"""What one call did, decoded from a worker's record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from graders.checks.mismatch import Error, Path
from graders.worker import wire

MAX_BASES: Final = 100  # of an exception's class

Leaf: TypeAlias = Any
"""A tensor, array, number, text or None: what containers hold in the end."""


@dataclass(frozen=True)
class Outcome:
    """The result or exception of a call, and what became of its arguments."""

    value: Any = None
    error: Error | None = None
    changed: dict[int, Any] = field(default_factory=dict)  # by number of the argument tensor
    gradients: dict[int, Any] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()  # those whose elements lie elsewhere after the call
    lists: tuple[int, ...] = ()  # numbers of the list arguments whose items were changed
    random: bool = False  # whether a global random state moved
    grad_off: bool = False  # whether operations record no gradients any more
    numpy: str | None = None  # the class of a result that is a number of NumPy's


def decode_outcome(record: dict[str, Any], payload: bytes) -> Outcome:
    """Decode a record, in the order in which its tensors lie in the payload.

    Raises BrokenFrame for a record that no worker of ours writes.
    """
    try:
        return _decode(record, payload)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise wire.BrokenFrame("a record that is not well formed") from error


def _decode(record: dict[str, Any], payload: bytes) -> Outcome:
    changed = record.get("changed", [])
    gradients = record.get("gradients", [])
    parts = [record["value"]] if "value" in record else []
    parts += _interleave(changed, gradients)
    values = wire.decode_value(["list", parts], payload)
    error = None if "value" in record else decode_error(record["error"])
    value = None if error else values.pop(0)
    found = dict(zip(_keys(changed, gradients), values, strict=True))
    return Outcome(
        value,
        error,
        {number: item for (kind, number), item in found.items() if kind == "changed"},
        {number: item for (kind, number), item in found.items() if kind == "gradient"},
        frozenset(int(number) for number in record.get("moved", [])),
        tuple(int(number) for number in record.get("lists", [])),
        bool(record.get("random", False)),
        bool(record.get("grad off", False)),
        wire.printable(record["numpy"][:100]) if "numpy" in record else None,
    )


def _keys(changed: list[Any], gradients: list[Any]) -> list[tuple[str, int]]:
    keys = [("changed", int(number)) for number, _ in changed]
    keys += [("gradient", int(number)) for number, _ in gradients]
    return sorted(keys, key=lambda key: (key[1], key[0]))


def _interleave(changed: list[Any], gradients: list[Any]) -> list[Any]:
    """Return the trees as they were written: by argument, its value before its gradient."""
    trees = [(int(number), "changed", tree) for number, tree in changed]
    trees += [(int(number), "gradient", tree) for number, tree in gradients]
    return [tree for _, _, tree in sorted(trees, key=lambda item: item[:2])]


def decode_error(tree: Any) -> Error:
    """Decode what `observe.describe_error` wrote."""
    names, text, place = tree
    file, line = place if place is not None else (None, 0)
    texts = [*names, text, file or ""]
    if not names or not all(isinstance(part, str) for part in texts):
        raise wire.BrokenFrame("an exception that is not well formed")
    if len(names) > MAX_BASES or max(map(len, texts)) > wire.MAX_ESCAPED:
        raise wire.BrokenFrame("an exception that is too large")
    text = wire.printable(text.replace("\r\n", "\n"))
    return Error(tuple(map(wire.printable, names)), text, file, int(line))


def is_sequence(value: Any) -> bool:
    """Whether a value is a list, a tuple or the items of an iterable: one is as good as another."""
    return isinstance(value, list | tuple | wire.Iterated)


def items_of(value: Any) -> list[Any]:
    """Return the items of a sequence."""
    return list(value.items if isinstance(value, wire.Iterated) else value)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Yield what a value holds in the end, with where."""
    if is_sequence(value):
        for number, item in enumerate(items_of(value)):
            yield from leaves(item, (*path, number))
    elif isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from leaves(value[key], (*path, key))
    else:
        yield path, value


def floating_leaves(outcome: Outcome) -> Iterator[tuple[Path, Leaf]]:
    """Yield the leaves that are compared within a tolerance: of the result, then of arguments."""
    for path, leaf in leaves(outcome.value):
        if is_floating(leaf):
            yield path, leaf
    for number, after in sorted(outcome.changed.items()):
        if is_floating(after):
            yield ("argument", number), after


def is_floating(leaf: Leaf) -> bool:
    """Whether a leaf holds real or complex numbers that are subject to rounding."""
    if isinstance(leaf, wire.ResultTensor):
        return leaf.dtype in wire.FLOATING or leaf.dtype.startswith("complex")
    return isinstance(leaf, float | complex)
