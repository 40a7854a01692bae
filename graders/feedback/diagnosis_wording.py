"""Says what a diagnosis found, as facts about the failing cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from graders.checks import mistake as k
from graders.checks.mismatch import Path
from graders.feedback.diagnosis.traits import LARGE
from graders.feedback.language import MessageId, Words

MOST_PLACES: Final = 4  # that are named one by one

NameOf = Callable[[int], str]
"""Gives the name of an argument tensor by its number."""


def diagnosis_text(found: k.Diagnosis, words: Words, name_of: NameOf) -> str:
    """Return one or two sentences: the mistake, and the kind of case that shows it."""
    if isinstance(found.mistake, k.KindOfCase):
        return _kind_text(found, found.mistake, words, alone=True)
    text = _Sentences(found, words, name_of).text()
    if found.kind is not None:
        kind = _kind_text(found, found.kind, words, alone=False)
        return words("{one} {other}", one=text, other=kind)
    return text


class _Sentences:
    """Words one mistake."""

    def __init__(self, found: k.Diagnosis, words: Words, name_of: NameOf) -> None:
        self.found = found
        self.words = words
        self.subject = _subject(found, words, name_of)
        self.cases = _cases(found, words)

    def text(self) -> str:
        mistake = self.found.mistake
        return _SAY[type(mistake)](self, mistake)

    def say(self, message: str, **facts: Any) -> str:
        return self.words(message, cases=self.cases, subject=self.subject, **facts)

    # ------------------------------------------------------------ elsewhere

    def transposed(self, found: k.Transposed) -> str:
        if found.axes is None:
            return self.say("On {cases} {subject} is the transpose of the expected one.")
        one, other = found.axes
        return self.say(
            "On {cases} {subject} is the expected one with dims {one} and {other} exchanged.",
            one=one,
            other=other,
        )

    def permuted(self, found: k.Permuted) -> str:
        if found.order is None:
            return self.say(
                "On {cases} {subject} is the expected one with its dims in reverse order."
            )
        return self.say(
            "On {cases} {subject} is the expected one with its dims in the order {order}.",
            order=", ".join(map(str, found.order)),
        )

    def axis_moved(self, found: k.AxisMoved) -> str:
        if found.to_front:
            return self.say(
                "On {cases} {subject} is the expected one with the last dim moved to the front."
            )
        return self.say(
            "On {cases} {subject} is the expected one with the first dim moved to the end."
        )

    def sizes_exchanged(self, found: k.SizesExchanged) -> str:
        if found.axes is None:
            return self.say("On {cases} the shape of {subject} is the expected one, reversed.")
        one, other = found.axes
        return self.say(
            "On {cases} the shape of {subject} is the expected one with the sizes of dims {one}"
            " and {other} exchanged.",
            one=one,
            other=other,
        )

    def sizes_reordered(self, found: k.SizesReordered) -> str:
        return self.say("On {cases} {subject} has the expected sizes in another order.")

    def size_one_missing(self, found: k.SizeOneMissing) -> str:
        return self.say(
            "On {cases} {subject} has the right values, but a dimension of size 1 is missing."
        )

    def size_one_extra(self, found: k.SizeOneExtra) -> str:
        return self.say(
            "On {cases} {subject} has the right values, but a dimension of size 1 too many."
        )

    def size_one_moved(self, found: k.SizeOneMoved) -> str:
        return self.say(
            "On {cases} {subject} has the right values, but a dimension of size 1 stands in"
            " another place."
        )

    def flattened(self, found: k.Flattened) -> str:
        return self.say(
            "On {cases} {subject} has the right values in the right order, but all in one"
            " dimension."
        )

    def reshaped(self, found: k.Reshaped) -> str:
        return self.say(
            "On {cases} {subject} has the right values in the right order, but in another shape."
        )

    def column_by_column(self, found: k.ColumnByColumn) -> str:
        return self.say(
            "On {cases} {subject} holds the right values, filled in column by column instead of"
            " row by row."
        )

    def reversed(self, found: k.Reversed) -> str:
        if found.axis is None:
            return self.say("On {cases} {subject} is the expected one, reversed along every dim.")
        return self.say(
            "On {cases} {subject} is the expected one, reversed along dim {axis}.", axis=found.axis
        )

    def shifted(self, found: k.Shifted) -> str:
        if found.by > 0:
            return self.say(
                "On {cases} each place of {subject} along dim {axis} holds what belongs in the"
                " next one.",
                axis=found.axis,
            )
        return self.say(
            "On {cases} each place of {subject} along dim {axis} holds what belongs in the one"
            " before.",
            axis=found.axis,
        )

    def one_short(self, found: k.OneShort) -> str:
        message: MessageId = {
            "last": "On {cases} {subject} is the expected one without the last item {along}.",
            "first": "On {cases} {subject} is the expected one without the first item {along}.",
            "any": "On {cases} {subject} has one item too few {along}.",
        }[found.end]
        return self.say(message, along=self._along(found.axis))

    def one_too_many(self, found: k.OneTooMany) -> str:
        message: MessageId = {
            "last": "On {cases} {subject} goes one item beyond the expected one {along}.",
            "first": "On {cases} {subject} starts one item before the expected one {along}.",
            "any": "On {cases} {subject} has one item too many {along}.",
        }[found.end]
        return self.say(message, along=self._along(found.axis))

    def _along(self, axis: int | None) -> str:
        if axis is None:
            return self.words("along every dim")
        return self.words("along dim {axis}", axis=axis)

    def end_excluded(self, found: k.EndExcluded) -> str:
        return self.say(
            "On {cases} {subject} is evenly spaced from the right start, but the steps are too"
            " short to reach the end: there are `n` of them instead of `n - 1`."
        )

    def cut_short(self, found: k.CutShort) -> str:
        return self.say("On {cases} {subject} begins as expected, but ends too early.")

    def too_long(self, found: k.TooLong) -> str:
        return self.say("On {cases} {subject} begins as expected, but goes on too long.")

    def other_cuts(self, found: k.OtherCuts) -> str:
        return self.say(
            "On {cases} the items hold the right rows in the right order, but are of other sizes."
        )

    def reordered(self, found: k.Reordered) -> str:
        return self.say("On {cases} {subject} holds the expected values in another order.")

    def parts_exchanged(self, found: k.PartsExchanged) -> str:
        pairs = zip(found.places, found.holds, strict=True)
        pieces = [
            self.words(
                "`{place}` holds what belongs in `{other}`",
                place=_code(place),
                other=_code(other),
            )
            for place, other in pairs
        ]
        return self.say("On {cases} {pieces}.", pieces=self.words("; ").join(pieces))

    def broadcast(self, found: k.Broadcast) -> str:
        return self.say("On {cases} {subject} repeats the expected values over a wider shape.")

    def not_broadcast(self, found: k.NotBroadcast) -> str:
        return self.say(
            "On {cases} {subject} holds the expected values once, not repeated over the whole"
            " shape."
        )

    def not_reduced(self, found: k.NotReduced) -> str:
        message: MessageId = {
            "sum": "On {cases} the sum of {subject} {over} is what is expected.",
            "mean": "On {cases} the mean of {subject} {over} is what is expected.",
        }[found.operation]
        return self.say(message, over=self._over(found.axis))

    def reduced(self, found: k.Reduced) -> str:
        message: MessageId = {
            "sum": "On {cases} {subject} is the sum of the expected one {over}.",
            "mean": "On {cases} {subject} is the mean of the expected one {over}.",
        }[found.operation]
        return self.say(message, over=self._over(found.axis))

    def _over(self, axis: int | None) -> str:
        if axis is None:
            return self.words("over all dims")
        return self.words("over dim {axis}", axis=axis)

    # ------------------------------------------------------------ arithmetic

    def sign(self, found: k.Sign) -> str:
        return self.say("On {cases} {subject} has the opposite sign of the expected one.")

    def factor(self, found: k.Factor) -> str:
        return self.say(
            "On {cases} {subject} is {factor} times the expected one.", factor=found.factor
        )

    def argument_factor(self, found: k.ArgumentFactor) -> str:
        return self.say(
            "On {cases} {subject} is `{factor}` times the expected one.", factor=found.factor
        )

    def sum_for_mean(self, found: k.SumForMean) -> str:
        return self.say(
            "On {cases} {subject} is `{count}` times the expected one, as a sum is of a mean.",
            count=found.count,
        )

    def mean_for_sum(self, found: k.MeanForSum) -> str:
        return self.say(
            "On {cases} {subject} is the expected one divided by `{count}`, as a mean is a sum"
            " divided by the count.",
            count=found.count,
        )

    def other_divisor(self, found: k.OtherDivisor) -> str:
        factor = "n / (n - 1)" if found.less_one else "(n - 1) / n"
        if found.root:
            return self.say(
                "On {cases} {subject} is the square root of `{factor}` times the expected one, with"
                " `n = {count}`: standard deviations that divide by `n` and by `n - 1` differ so.",
                factor=factor,
                count=found.count,
            )
        return self.say(
            "On {cases} {subject} is `{factor}` times the expected one, with `n = {count}`:"
            " averages that divide by `n` and by `n - 1` differ so.",
            factor=factor,
            count=found.count,
        )

    def offset(self, found: k.Offset) -> str:
        is_code = any(character.isalpha() for character in found.offset.replace("e", ""))
        amount = f"`{found.offset}`" if is_code else found.offset
        if found.more:
            return self.say(
                "On {cases} {subject} is the expected one plus {amount}.", amount=amount
            )
        return self.say("On {cases} {subject} is the expected one minus {amount}.", amount=amount)

    def applied(self, found: k.Applied) -> str:
        return self.say(_APPLIED[found.function])

    def rounded(self, found: k.RoundedTo) -> str:
        if not found.decimals:
            return self.say("On {cases} {subject} is the expected one, rounded to whole numbers.")
        return self.words.count(
            "On {cases} {subject} is the expected one, rounded to {n} decimal.",
            "On {cases} {subject} is the expected one, rounded to {n} decimals.",
            found.decimals,
            cases=self.cases,
            subject=self.subject,
        )

    def proportional(self, found: k.Proportional) -> str:
        return self.say(
            "On {cases} {subject} is a multiple of the expected one, but not always by the same"
            " factor."
        )

    # ------------------------------------------------------------ what it really is

    def argument_returned(self, found: k.ArgumentReturned) -> str:
        return self.say("On {cases} {subject} equals the argument `{name}`.", name=found.argument)

    def argument_order(self, found: k.ArgumentOrder) -> str:
        names = self.words(", then ").join(f"`{name}`" for name in found.arguments)
        return self.say(
            "On {cases} {subject} holds the elements of {names} in their order, folded to the"
            " expected shape.",
            names=names,
        )

    def other_axis(self, found: k.OtherAxis) -> str:
        return self.say(
            "On {cases} {subject} equals `{code}`; expected is the same over another dim.",
            code=found.code,
        )

    def other_operation(self, found: k.OtherOperation) -> str:
        if found.guarded:
            return self.say(
                "On {cases} {subject} equals `{code}` wherever that does not divide by 0.",
                code=found.code,
            )
        return self.say("On {cases} {subject} equals `{code}`.", code=found.code)

    def zeros(self, found: k.Zeros) -> str:
        return self.say("On {cases} {subject} is 0 throughout.")

    def constant(self, found: k.Constant) -> str:
        return self.say("On {cases} {subject} is {value} throughout.", value=found.value)

    # ------------------------------------------------------------ accuracy

    def not_finite(self, found: k.NotFinite) -> str:
        message: MessageId = {
            "nan": "On {cases} {subject} holds NaN where a finite value is expected.",
            "inf": "On {cases} {subject} holds infinity where a finite value is expected.",
            "both": "On {cases} {subject} holds NaN and infinity where finite values are expected.",
        }[found.found]
        text = self.say(message)
        if found.where is not None:
            places = self.words("All of them stand {where}.", where=self._where(found.where))
            return self.words("{one} {other}", one=text, other=places)
        return text

    def low_precision(self, found: k.LowPrecision) -> str:
        return self.say(
            "On {cases} every value of {subject} is a number of {dtype}, which keeps about"
            " {digits} digits.",
            dtype=found.dtype,
            digits=_KEPT[found.dtype],
        )

    def few_digits(self, found: k.FewDigits) -> str:
        return self.say(
            "On {cases} {subject} agrees with the expected one to about {digits} digits.",
            digits=found.digits,
        )

    def fixed_dtype(self, found: k.FixedDtype) -> str:
        return self.say(
            "{subject} is {dtype} in every case, whatever the arguments are.", dtype=found.dtype
        ).replace(self.subject, self.subject[:1].upper() + self.subject[1:], 1)

    # ------------------------------------------------------------ some places

    def only_places(self, found: k.OnlyPlaces) -> str:
        return self.say(
            "On {cases} all wrong values of {subject} stand {where}.", where=self._where(found)
        )

    def _where(self, found: k.OnlyPlaces) -> str:
        large = f"{LARGE:g}"
        return self.words(_WHERE[found.kind], name=found.argument, axis=found.axis, large=large)

    def only_parts(self, found: k.OnlyParts) -> str:
        places = [f"`{_code(place)}`" for place in self.found.places]
        return self.say(
            "On {cases} all values but those of {places} are right.",
            places=_listed(places, self.words),
        )


def _cases(found: k.Diagnosis, words: Words) -> str:
    if found.partial:
        return words("all {n} cases that fail in this way", n=found.failing)
    return words("all {n} failing cases", n=found.failing)


def _subject(found: k.Diagnosis, words: Words, name_of: NameOf) -> str:
    places = found.places
    if places in ((), ((),)):
        return words("the result")
    if places[0][:1] == ("argument",):
        names = [name_of(int(place[1])) for place in places]
        if found.scattered or len(names) > MOST_PLACES or "?" in names:
            return words("each wrong change of an argument")
        return words("the change of {name}", name=_each(names, words))
    if len(places) > MOST_PLACES:
        return words("each wrong part of the result")
    codes = [_code(place) for place in places]
    if found.scattered:
        quoted = [f"`{code}`" for code in codes]
        text = words("each wrong one of {names}", names=_listed(quoted, words))
    else:
        text = _each(codes, words)
    return words("{place}, joined over `i`,", place=text) if ":" in places[0] else text


def _each(codes: list[str], words: Words) -> str:
    quoted = [f"`{code}`" for code in codes]
    return words("each of {names}", names=_listed(quoted, words)) if codes[1:] else quoted[0]


def _listed(names: list[str], words: Words) -> str:
    if not names[1:]:
        return names[0]
    return words("{names} and {last}", names=words(", ").join(names[:-1]), last=names[-1])


def _code(place: Path) -> str:
    return "result" + "".join("[i]" if part == ":" else f"[{part!r}]" for part in place)


_KEPT: Final = {"float32": 7, "float16": 3, "bfloat16": 2}  # decimal digits

_APPLIED: Final[Mapping[str, MessageId]] = {
    "absolute value": "On {cases} {subject} is the absolute value of the expected one.",
    "truncated": "On {cases} {subject} is the expected one without its fraction.",
    "rounded down": "On {cases} {subject} is the expected one, rounded down.",
    "rounded up": "On {cases} {subject} is the expected one, rounded up.",
    "negatives to zero": "On {cases} {subject} is 0 where a negative value is expected.",
    "positives to zero": "On {cases} {subject} is 0 where a positive value is expected.",
    "square root": "On {cases} {subject} is the square root of the expected one.",
    "squared": "On {cases} {subject} is the square of the expected one.",
    "reciprocal": "On {cases} {subject} is 1 divided by the expected one.",
    "one minus": "On {cases} {subject} is 1 minus the expected one.",
    "exponential": "On {cases} {subject} is the exponential of the expected one.",
    "logarithm": "On {cases} {subject} is the logarithm of the expected one.",
    "arc cosine": "On {cases} {subject} is the arc cosine of the expected one.",
    "sign only": "On {cases} {subject} holds the signs of the expected values only.",
    "negated": "On {cases} True and False are exchanged in {subject}.",
}

_WHERE: Final[Mapping[str, MessageId]] = {
    "zeros": "where `{name}` is 0",
    "constant column": "in columns where `{name}` is constant",
    "not finite": "where `{name}` is NaN or infinite",
    "large positive": "where `{name}` is above {large}",
    "large negative": "where `{name}` is below -{large}",
    "negative": "where `{name}` is negative",
    "positive": "where `{name}` is positive",
    "at labels": "in column `{name}[i]` of each row `i`",
    "not at labels": "outside of column `{name}[i]` of each row `i`",
    "first": "in the first place along dim {axis}",
    "last": "in the last place along dim {axis}",
    "diagonal": "on the diagonal",
    "off the diagonal": "off the diagonal",
}

_SAY: Final[Mapping[type[k.Mistake], Callable[[_Sentences, Any], str]]] = {
    k.Transposed: _Sentences.transposed,
    k.Permuted: _Sentences.permuted,
    k.AxisMoved: _Sentences.axis_moved,
    k.SizesExchanged: _Sentences.sizes_exchanged,
    k.SizesReordered: _Sentences.sizes_reordered,
    k.SizeOneMissing: _Sentences.size_one_missing,
    k.SizeOneExtra: _Sentences.size_one_extra,
    k.SizeOneMoved: _Sentences.size_one_moved,
    k.Flattened: _Sentences.flattened,
    k.Reshaped: _Sentences.reshaped,
    k.ColumnByColumn: _Sentences.column_by_column,
    k.Reversed: _Sentences.reversed,
    k.Shifted: _Sentences.shifted,
    k.OneShort: _Sentences.one_short,
    k.OneTooMany: _Sentences.one_too_many,
    k.EndExcluded: _Sentences.end_excluded,
    k.CutShort: _Sentences.cut_short,
    k.TooLong: _Sentences.too_long,
    k.OtherCuts: _Sentences.other_cuts,
    k.Reordered: _Sentences.reordered,
    k.PartsExchanged: _Sentences.parts_exchanged,
    k.Broadcast: _Sentences.broadcast,
    k.NotBroadcast: _Sentences.not_broadcast,
    k.NotReduced: _Sentences.not_reduced,
    k.Reduced: _Sentences.reduced,
    k.Sign: _Sentences.sign,
    k.Factor: _Sentences.factor,
    k.ArgumentFactor: _Sentences.argument_factor,
    k.SumForMean: _Sentences.sum_for_mean,
    k.MeanForSum: _Sentences.mean_for_sum,
    k.OtherDivisor: _Sentences.other_divisor,
    k.Offset: _Sentences.offset,
    k.Applied: _Sentences.applied,
    k.RoundedTo: _Sentences.rounded,
    k.Proportional: _Sentences.proportional,
    k.ArgumentReturned: _Sentences.argument_returned,
    k.ArgumentOrder: _Sentences.argument_order,
    k.OtherAxis: _Sentences.other_axis,
    k.OtherOperation: _Sentences.other_operation,
    k.Zeros: _Sentences.zeros,
    k.Constant: _Sentences.constant,
    k.NotFinite: _Sentences.not_finite,
    k.LowPrecision: _Sentences.low_precision,
    k.FewDigits: _Sentences.few_digits,
    k.FixedDtype: _Sentences.fixed_dtype,
    k.OnlyPlaces: _Sentences.only_places,
    k.OnlyParts: _Sentences.only_parts,
}


# ---------------------------------------------------------------- kinds of case


def _kind_text(found: k.Diagnosis, kind: k.KindOfCase, words: Words, *, alone: bool) -> str:
    facts = {
        "failing": found.failing,
        "passed": found.passed,
        "trait": _trait(kind.trait, words),
    }
    if not alone:
        return _beside(kind.passing, words, facts)
    if found.partial:
        return _of_this_failure(kind.passing, words, facts)
    if not kind.passing:
        return words(
            "All {failing} failing cases have {trait}; none of the {passed} passing ones has.",
            **facts,
        )
    return words.count(
        "All {failing} failing cases have {trait}; of the {passed} passing ones {n} has.",
        "All {failing} failing cases have {trait}; of the {passed} passing ones {n} have.",
        kind.passing,
        **facts,
    )


def _of_this_failure(passing: int, words: Words, facts: Mapping[str, Any]) -> str:
    if not passing:
        return words(
            "All {failing} cases that fail in this way have {trait}; none of the {passed} others"
            " has.",
            **facts,
        )
    return words.count(
        "All {failing} cases that fail in this way have {trait}; of the {passed} others {n} has.",
        "All {failing} cases that fail in this way have {trait}; of the {passed} others {n} have.",
        passing,
        **facts,
    )


def _beside(passing: int, words: Words, facts: Mapping[str, Any]) -> str:
    if not passing:
        return words("All of them have {trait}; none of the {passed} others has.", **facts)
    return words.count(
        "All of them have {trait}; of the {passed} others {n} has.",
        "All of them have {trait}; of the {passed} others {n} have.",
        passing,
        **facts,
    )


def _trait(trait: k.Trait, words: Words) -> str:
    name = f"`{trait.argument}`" if trait.argument else words("argument")
    if trait.id.startswith("only "):
        return words("{name} of dtype {dtype}", dtype=trait.id.removeprefix("only "), name=name)
    message = (_AXIS_TRAITS if trait.detail else _TRAITS).get(trait.id) or _TRAITS[trait.id]
    facts = {"x": trait.argument, "name": name, "detail": trait.detail, "large": f"{LARGE:g}"}
    return words(message, **facts)


_TRAITS: Final[Mapping[str, MessageId]] = {
    "non-contiguous": "a non-contiguous {name}",
    "contiguous argument": "a contiguous {name}",
    "empty": "an empty {name}",
    "not floating": "a non-floating dtype in {name}",
    "with grad": "a leaf {name} that requires grad",
    "dims": "`{x}.ndim == {detail}`",
    "other dims": "`{x}.ndim != {detail}`",
    "fewer dims": "`{x}.ndim < {detail}`",
    "more dims": "`{x}.ndim > {detail}`",
    "size 1": "a dimension of size 1 in {name}",
    "one element": "a single element in {name}",
    "several elements": "no or several elements in {name}",
    "square": "a square {name}",
    "not square": "a non-square {name}",
    "more columns than rows": "`{x}.shape[-1] > {x}.shape[-2]`",
    "more rows than columns": "`{x}.shape[-2] > {x}.shape[-1]`",
    "no items": "`len({x}) == 0`",
    "one item": "`len({x}) == 1`",
    "several items": "`len({x}) > 1`",
    "one choice": "`{x} == {detail}`",
    "negative number": "`{x} < 0`",
    "negative argument": "a negative number as an argument",
    "zero": "`{x} == 0`",
    "one": "`{x} == 1`",
    "above 1": "`{x} > 1`",
    "positive number": "`{x} > 0`",
    "fraction": "a fraction as {name}",
    "different dims": "`{x}.ndim != {detail}.ndim`",
    "different shapes": "`{x}.shape != {detail}.shape`",
    "different lengths": "`{x}.shape[0] != {detail}.shape[0]`",
    "different widths": "`{x}.shape[-1] != {detail}.shape[-1]`",
    "infinite values": "NaN or infinity in {name}",
    "negative numbers": "a negative number in {name}",
    "positive numbers": "a positive number in {name}",
    "large positive": "a number above {large} in {name}",
    "large negative": "a number below -{large} in {name}",
    "large values": "a number above {large} or below -{large} in {name}",
    "with zeros": "a 0 in {name}",
    "fractions": "a fraction in {name}",
    "constant column": "a constant column in {name}",
    "ties": "equal elements in {name}",
}

_AXIS_TRAITS: Final[Mapping[str, MessageId]] = {
    "size 0": "`{x}.shape[{detail}] == 0`",
    "size 1": "`{x}.shape[{detail}] == 1`",
    "size above 1": "`{x}.shape[{detail}] > 1`",
}
