"""Draws cases with Hypothesis: the same ones for the same question and seed, on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.internal.conjecture import providers
from hypothesis.strategies import SearchStrategy

from graders.cases.bank import Origin
from graders.cases.strategies import READABLE, Focus, cases, readable_sizes
from graders.cases.values import Style, styles_of
from graders.errors import AssignmentError
from graders.spec import Question
from graders.spec.arguments import (
    ArgumentSpec,
    BlockArgument,
    IntegerArgument,
    ListArgument,
    NestedListArgument,
    ShapeArgument,
)
from graders.worker import wire

READABLE_CASES: Final = 8
STYLE_CASES: Final = 4
LAYOUT_CASES: Final = 3
EDGE_CASES: Final = 2


# Hypothesis mixes the constants of whatever local modules are imported into its draws; ours must
# be the same ones in every process. It has no setting for that.
if hasattr(providers, "_get_local_constants"):
    _NONE: Final = providers.Constants()  # type: ignore[attr-defined]
    providers._get_local_constants = lambda: _NONE


@dataclass(frozen=True)
class Group:
    """Cases that are drawn together."""

    origin: Origin
    focus: Focus
    count: int


@dataclass(frozen=True)
class Drawn:
    """One call, and the group that it was drawn in."""

    origin: Origin
    arguments: dict[str, Any]
    group: int | None = None  # None: an example of the author's
    simplest: bool = False  # nothing simpler can be drawn


def draw_all(question: Question, examples: list[dict[str, Any]], *, seed: int) -> list[Drawn]:
    """Return the question's cases: examples, readable ones, edges, then random ones.

    No call occurs twice; there are `question.cases` of them where the arguments allow so many.
    Raises AssignmentError where there are none.
    """
    try:
        drawn = _all(question, examples, seed=seed)
    except AssignmentError:
        raise
    except Exception as error:  # whatever Hypothesis and NumPy make of contradictory wishes
        raise AssignmentError(
            f"no arguments can be drawn: {type(error).__name__}: {error}"
        ) from error
    if not drawn:
        raise AssignmentError("no arguments can be drawn")
    return drawn


def _all(question: Question, examples: list[dict[str, Any]], *, seed: int) -> list[Drawn]:
    drawn: list[Drawn] = []
    seen: set[str] = set()
    for arguments in examples:
        _keep(Drawn("example", arguments), drawn, seen)
    for number, group in enumerate(groups(question)):
        fixed = len(drawn)
        missing = max(question.cases - fixed, 0)
        count = group.count if group.origin != "random" else 2 * missing  # some draws occur twice
        found = draw(cases(question, group.focus), count, seed=seed + number)
        free = group.focus.relaxed == group.focus
        for place, arguments in enumerate(found):
            _keep(Drawn(group.origin, arguments, number, free and place == 0), drawn, seen)
    return drawn[: max(question.cases, fixed)]


def draw_more(question: Question, drawn: list[Drawn], *, seed: int) -> list[Drawn]:
    """Return as many random cases again as a question has, without those of `drawn`."""
    number = len(groups(question)) - 1
    seen: set[str] = set()
    kept: list[Drawn] = []
    for case in drawn:
        _keep(case, kept, seen)
    for arguments in draw(cases(question, Focus()), question.cases, seed=seed):
        _keep(Drawn("random", arguments, number), kept, seen)
    return kept[len(drawn) :]


def draw_scaling(question: Question, size: str) -> dict[int, Drawn]:
    """Return calls by size that differ in nothing else: the least above 1, a middle, the most."""
    choices = [number for number in question.dimensions[size].choices if number > 1]
    others = {
        name: readable_sizes(sizes, place)[0]
        for place, (name, sizes) in enumerate(question.dimensions.items())
    }
    drawn = {}
    for number in (choices[0], choices[len(choices) // 2], choices[-1]):
        focus = replace(READABLE, sizes=others | {size: number}, dtype=0)
        drawn[number] = Drawn("edge", draw(cases(question, focus), 1, seed=0)[0])
    return drawn


def _keep(case: Drawn, drawn: list[Drawn], seen: set[str]) -> None:
    payload = bytearray()
    trees = wire.encode_arguments(list(case.arguments.values()), payload)
    key = f"{trees}{payload.hex()}"
    if key not in seen:
        seen.add(key)
        drawn.append(case)


def draw(strategy: SearchStrategy[Any], count: int, *, seed: int) -> list[Any]:
    """Return up to `count` draws, the simplest first."""
    found: list[Any] = []
    if count:
        run(strategy, found.append, count=count, seed=seed, phases=(Phase.generate,))
    return found[:count]


def run(
    strategy: SearchStrategy[Any],
    body: Any,
    *,
    count: int,
    seed: int,
    phases: tuple[Phase, ...],
) -> None:
    """Let Hypothesis call `body` with draws: the same ones for the same seed."""
    configured = settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )

    @configured
    @seeded(seed)
    @given(strategy)
    def call(case: Any) -> None:
        body(case)

    call()


seeded = seed


def groups(question: Question) -> list[Group]:
    """Return the groups of a question's cases, the last one random and as large as needed."""
    found = [Group("readable", replace(READABLE, dtype=n), 1) for n in range(_dtypes(question))]
    found.append(Group("readable", replace(READABLE, style=None), READABLE_CASES))
    found += [Group("edge", focus, count) for focus, count in _edges(question)]
    found.append(Group("random", Focus(), 0))
    return found


def _edges(question: Question) -> Iterator[tuple[Focus, int]]:
    blocks = list(_blocks(question))
    for shape in range(1, max((len(spec.shapes) for spec in blocks), default=1)):
        yield Focus(shape=shape, layout="contiguous"), STYLE_CASES
    for name, sizes in question.dimensions.items():
        for size in dict.fromkeys((1, 0, sizes.largest)):
            if size in sizes.choices:
                yield Focus(sizes={name: size}), EDGE_CASES
    for dims in sorted({dims for spec in _specs(question) for dims in _further_dims(spec)}):
        yield Focus(dims=dims), EDGE_CASES
    if any(isinstance(spec, IntegerArgument) for spec in question.arguments.values()):
        yield Focus(integers="least"), EDGE_CASES
        yield Focus(integers="greatest"), EDGE_CASES
    for layout in dict.fromkeys(name for spec in blocks for name in spec.layouts):
        yield Focus(layout=layout), LAYOUT_CASES
    for style in dict.fromkeys(s for spec in blocks for s in styles_of(spec, "float64")):
        if style not in (Style.COUNTING, Style.BLOCK):
            yield Focus(style=style), STYLE_CASES


def _specs(question: Question) -> Iterator[ArgumentSpec]:
    for spec in question.arguments.values():
        yield spec
        if isinstance(spec, ListArgument):
            yield spec.items


def _blocks(question: Question) -> Iterator[BlockArgument]:
    return (spec for spec in _specs(question) if isinstance(spec, BlockArgument))


def _further_dims(spec: ArgumentSpec) -> Iterator[int]:
    if isinstance(spec, BlockArgument | NestedListArgument):
        for shape in spec.shapes:
            if shape.rest and isinstance(spec, BlockArgument):
                yield from spec.rest_dims(shape)
    elif isinstance(spec, ShapeArgument):
        yield from spec.dims.choices
    elif isinstance(spec, ListArgument):
        yield from spec.length.choices


def _dtypes(question: Question) -> int:
    counts = [len(spec.dtype) for spec in _blocks(question) if isinstance(spec.dtype, tuple)]
    counts += [len(s.of) for s in _specs(question) if isinstance(s, NestedListArgument)]
    return max(counts, default=1)


__all__ = [
    "Drawn",
    "Group",
    "Origin",
    "draw",
    "draw_all",
    "draw_more",
    "draw_scaling",
    "groups",
    "run",
]
