"""Checks of how a result was computed: nothing forbidden, and no more work than allowed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from graders.checks.mismatch import Forbidden, GrowingOperations
from graders.worker import rules


def forbidden_in_source(uses: Sequence[tuple[str, str, str, int]]) -> Forbidden | None:
    """Return the first use that a look at the source text proves."""
    for rule, what, file, line in uses:
        return Forbidden(rule, what, file, line)
    return None


def forbidden_in_call(forbidden: Iterable[str], names: frozenset[str]) -> Forbidden | None:
    """Return what a call did that is forbidden, going by the operations that really ran."""
    for rule in forbidden:
        found = sorted(name for name in names if _breaks(rule, name))
        if found:
            return Forbidden(rule, found[0])
    return None


def _breaks(rule: str, name: str) -> bool:
    match rule:
        case "matrix products":
            return name in rules.MATRIX_OPERATIONS
        case "autograd":
            return name in (rules.ENGINE, rules.TRACKED) or name in rules.AUTOGRAD_NAMES
        case "backward operations":
            return rules.BACKWARD in name and name != "backward"
        case "loops":
            return False  # only the source text can tell
    return name == rule.rpartition(".")[2]


def growing_operations(size: str, counts: Mapping[int, int]) -> GrowingOperations | None:
    """Return how the number of operations grows with a size, if it does.

    `counts` gives the operations of calls that differ in nothing but this size.
    """
    sizes = sorted(counts)
    if not sizes:
        return None
    first, last = sizes[0], sizes[-1]
    if counts[last] <= counts[first]:
        return None
    return GrowingOperations(size, tuple((n, counts[n]) for n in sizes))


def growing_steps(size: str, counts: Mapping[int, int]) -> GrowingOperations | None:
    """Return how a function's own lines run more often for a larger size, as those of a loop do.

    Each time, by as many as the size grows at least: a branch may take a few lines more.
    """
    sizes = sorted(counts)
    pairs = list(itertools.pairwise(sizes))
    if not pairs or any(counts[b] - counts[a] < b - a for a, b in pairs):
        return None
    return GrowingOperations(size, tuple((n, counts[n]) for n in sizes), "steps")
