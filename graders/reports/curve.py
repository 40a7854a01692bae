"""Draws the losses of a training run as a picture within an HTML page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import count, groupby
from typing import Final

from markupsafe import Markup

from graders.curves import Curve
from graders.feedback.language import Words
from graders.feedback.literal import number_shown

WIDTH: Final = 280
HEIGHT: Final = 200
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 48, 36
LEGEND: Final = 18  # the height of a line of the legend
OVERSHOOT: Final = 2.0  # times the reference's largest loss: higher losses leave the picture

_PICTURE: Final = Markup(
    '<svg class="curve" role="img" viewBox="0 0 {width} {height}" aria-label="{label}">'
    "{grid}{lines}{legend}</svg>"
)
_GRID_LINE: Final = Markup(
    '<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
    '<text x="{at}" y="{below:.1f}" text-anchor="end">{number}</text>'
)
_EPOCH: Final = Markup('<text x="{x:.1f}" y="{y}" text-anchor="middle">{text}</text>')
_LINE: Final = Markup('<polyline class="{kind}" points="{points}"/>')
_DOT: Final = Markup('<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>')
_LEGEND: Final = Markup(
    '<line class="{kind}" x1="{left}" x2="{end}" y1="{y}" y2="{y}"/>'
    '<text class="legend" x="{at}" y="{below}">{text}</text>'
)


def curve_svg(curve: Curve, function: str, words: Words) -> Markup:
    """Return the picture; what it shows is also said in words, for those who cannot see it."""
    scale = _Scale(curve)
    middle = (LEFT + WIDTH - RIGHT) / 2
    epochs = len(curve.expected)
    labels = [(scale.x(0), "1"), (scale.x(epochs - 1), str(epochs)), (middle, words("epoch"))]
    legend = {"reference": words("reference"), "returned": function}
    return _PICTURE.format(
        width=WIDTH,
        height=HEIGHT,
        label=_said(curve, function, words),
        grid=Markup("").join(map(_grid_line, scale.ticks, map(scale.y, scale.ticks))),
        lines=Markup("").join(
            [
                _drawn("reference", curve.expected, scale),
                _drawn("returned", curve.returned, scale),
                *(_EPOCH.format(x=x, y=HEIGHT - 12, text=text) for x, text in labels),
            ]
        ),
        legend=Markup("").join(map(_legend_line, legend, legend.values(), count(10, LEGEND))),
    )


def _said(curve: Curve, function: str, words: Words) -> str:
    first, last = number_shown(curve.expected[0]), number_shown(curve.expected[-1])
    reference = words("reference: from {first} to {last}", first=first, last=last)
    first, last = number_shown(curve.returned[0]), number_shown(curve.returned[-1])
    returned = words("{f}: from {first} to {last}", f=function, first=first, last=last)
    return words("Loss by epoch. {reference}; {returned}.", reference=reference, returned=returned)


class _Scale:
    """Where losses and epochs lie in the picture."""

    def __init__(self, curve: Curve) -> None:
        top = max((loss for loss in curve.expected if math.isfinite(loss)), default=0.0)
        seen = [loss for loss in (*curve.expected, *curve.returned) if math.isfinite(loss)]
        self._top = min(max(seen, default=0.0), OVERSHOOT * top) or 1.0
        self._bottom = max(min([*seen, 0.0]), -self._top)
        self._epochs = max(len(curve.expected), len(curve.returned))

    @property
    def ticks(self) -> tuple[float, ...]:
        return (self._bottom, (self._bottom + self._top) / 2, self._top)

    def x(self, epoch: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * epoch / max(self._epochs - 1, 1)

    def y(self, loss: float) -> float:
        inside = max(min(loss, self._top), self._bottom)
        share = (inside - self._bottom) / (self._top - self._bottom)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _grid_line(loss: float, y: float) -> Markup:
    right = WIDTH - RIGHT
    return _GRID_LINE.format(
        left=LEFT, right=right, y=y, at=LEFT - 6, below=y + 4, number=f"{loss:.3g}"
    )


def _legend_line(kind: str, text: str, y: int) -> Markup:
    return _LEGEND.format(
        kind=kind, left=LEFT, end=LEFT + 24, at=LEFT + 30, y=y, below=y + 4, text=text
    )


def _drawn(kind: str, losses: Sequence[float], scale: _Scale) -> Markup:
    """Return the line through the losses; it is broken where a loss is no number."""
    parts = Markup("")
    for finite, group in groupby(enumerate(losses), key=lambda pair: not math.isnan(pair[1])):
        points = [(scale.x(epoch), scale.y(loss)) for epoch, loss in group] if finite else []
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts += _LINE.format(kind=kind, points=joined) if points else Markup("")
        parts += Markup("").join(_DOT.format(kind=kind, x=x, y=y) for x, y in points)
    return parts
