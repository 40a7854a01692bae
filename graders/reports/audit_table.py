"""Shows what an audit concludes: a table of the questions, then what has to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TextIO

from graders.audit.audit import Audit, Misgraded, QuestionAudit, Tally, score
from graders.cases.soundness import Unsound
from graders.feedback.language import Words
from graders.feedback.literal import call_code
from graders.feedback.wording import message

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS: Final = ("cases", "wheats", "chaffs", "mutants", "equivalent", "score")
WIDTH: Final = 200  # of a stream that is no terminal


def show_audit(audit: Audit, stream: TextIO) -> None:
    """Write an audit; with colours only where the stream is a terminal that wants them."""
    from rich.console import Console

    width = None if stream.isatty() else WIDTH
    console = Console(
        file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True
    )
    console.print(_table(audit))
    for style, line in _lines(audit):
        console.print(line, style=style)


def _table(audit: Audit) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(audit.assignment)
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for question in audit.questions:
        style = "" if _is_fine(question) else "bold red"
        table.add_row(*_cells(question), style=style)
    return table


def _is_fine(question: QuestionAudit) -> bool:
    return not (question.faults or question.misgraded or question.unmatched or question.undeclared)


def _cells(question: QuestionAudit) -> list[str]:
    if not question.cases:
        return [question.function, *["-"] * len(COLUMNS)]
    tallies = [question.wheats, question.chaffs, question.mutants]
    return [
        question.function,
        str(question.cases),
        *(f"{tally.right}/{tally.total}" for tally in tallies),
        str(len(question.equivalent) or "-"),
        _percent(question.mutants),
    ]


def _percent(tally: Tally) -> str:
    return f"{100 * score(tally):.4g} %"


def _lines(audit: Audit) -> Iterator[tuple[str, str]]:
    """Yield the lines below the table, each with its style."""
    faults = [fault for question in audit.questions for fault in question.faults]
    misgraded = [wrong for question in audit.questions for wrong in question.misgraded]
    yield from _section("Faults of the assignment", [_fault(fault) for fault in faults])
    yield from _section("Not graded as they should be", [_misgraded(w) for w in misgraded])
    yield from _section("Mutants that get full marks", [[line] for line in _survivors(audit)])
    yield from _section(
        "Declared equivalent, but no surviving mutant",
        [[f"{q.function}: {change}"] for q in audit.questions for change in q.unmatched],
    )
    yield "", ""
    yield ("bold red" if audit.falls_short else "bold green"), _summary(audit)


def _section(title: str, entries: list[list[str]]) -> Iterator[tuple[str, str]]:
    if entries:
        yield "", ""
        yield "bold", f"{title}:"
    for first, *rest in entries:
        yield "", f"  {first}"
        yield from (("cyan", f"      {line}") for line in rest)


def _fault(fault: Unsound) -> list[str]:
    call = call_code(fault.function, fault.arguments) if fault.arguments is not None else []
    return [f"{fault.function}: {fault.text}", *call]


def _misgraded(wrong: Misgraded) -> list[str]:
    about = f"{wrong.submission}, `{wrong.function}`, seed {wrong.seed}: {_verdict(wrong)}"
    if wrong.finding is None:
        return [about]
    said = message(wrong.finding, Words("en"), hints={}, sources={})
    return [about, said.headline, *said.call]


def _verdict(wrong: Misgraded) -> str:
    wanted = f"`{wrong.wanted}` must fail" if wrong.wanted else "full marks expected"
    if wrong.fault is not None:
        return f"{wanted}; {wrong.fault}"
    place = _PLACES.get(wrong.finding.device) if wrong.finding is not None else None
    if place is not None:
        return f"{wanted}; the verdict depends on the device: right on the CPU, wrong on {place}"
    return f"{wanted}; {f'`{wrong.found}` failed' if wrong.found else 'it got full marks'}"


_PLACES: Final = {"accelerator": "the simulated accelerator", "cuda": "a GPU"}


def _survivors(audit: Audit) -> Iterator[str]:
    for question in audit.questions:
        for survivor in question.undeclared:
            mutant = survivor.mutant
            yield f"{question.function}: {audit.reference}:{mutant.line}: {mutant.change}"


def _summary(audit: Audit) -> str:
    wheats = sum((question.wheats for question in audit.questions), Tally())
    chaffs = sum((question.chaffs for question in audit.questions), Tally())
    equivalent = sum(len(question.equivalent) for question in audit.questions)
    hidden = sum(question.not_shown for question in audit.questions)
    seeds = f"{len(audit.seeds)} banks" if len(audit.seeds) > 1 else "one bank"
    parts = [
        f"{audit.assignment}: {wheats.right} of {wheats.total} wheats pass and",
        f"{chaffs.right} of {chaffs.total} chaffs are caught on {seeds}",
        f"({hidden} need a device);" if hidden else ";",
        f"{audit.mutants.right} of {audit.mutants.total} mutants are killed,",
        f"{equivalent} more are equivalent; score {_percent(audit.mutants)};",
        f"{audit.seconds:.0f} s",
    ]
    return " ".join(parts).replace(" ;", ";")
