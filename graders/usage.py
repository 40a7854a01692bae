"""What the command line says about itself: help, and complaints of click, in any language."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from gettext import bindtextdomain, textdomain
from gettext import gettext as say
from typing import Any, Final, TypeVar

import click

from graders.feedback.language import DOMAIN, LOCALES, MessageId

_Decorated = TypeVar("_Decorated", bound="Callable[..., Any] | click.Command")

EXAMPLES: Final[Mapping[str, MessageId]] = {
    "python grade.py hw2": "grades ./hw2.py or ./hw2.ipynb",
    "python grade.py hw2 mine.py": "grades that file",
    "python grade.py course/hw7.yaml": "grades an assignment of your own",
}
WORDS_OF_CLICK: Final[frozenset[MessageId | tuple[MessageId, MessageId]]] = frozenset(
    {
        "Usage:",
        "Options",
        "Commands",
        "Show this message and exit.",
        "default: {default}",
        "No such option {name!r}.",
        ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
        "Option {name!r} does not take a value.",
        ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
        "Missing argument",
        ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
        "Invalid value for {param_hint}: {message}",
        ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
        "{value!r} is not a valid {number_type}.",
        "{value} is not in the range {range}.",
    }
)
PLACEHOLDERS: Final[frozenset[MessageId]] = frozenset(
    {
        "OPTIONS",
        "COMMAND",
        "ARGS",
        "ASSIGNMENT",
        "SUBMISSION",
        "DEVICE",
        "FOLDER",
        "FILE",
        "FORMAT",
        "FORMAT FILE",
        "PATH",
        "TEXT",
        "ADDRESS",
        "INTEGER RANGE",
    }
)


@contextmanager
def spoken_in(language: str) -> Iterator[None]:
    """Let click take its words, and the help of our commands, from our catalogue of a language."""
    domain, wanted = textdomain(), os.environ.get("LANGUAGE")
    bindtextdomain(DOMAIN, str(LOCALES))
    textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language.replace("-", "_")
    try:
        yield
    finally:
        textdomain(domain)
        if wanted is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = wanted


# ---------------------------------------------------------------- arguments and options


def argument(name: str, **options: Any) -> Callable[[_Decorated], _Decorated]:
    """Add an argument to a command."""
    return click.argument(name, cls=_Argument, **options)


def option(*names: str, **options: Any) -> Callable[[_Decorated], _Decorated]:
    """Add an option to a command; its `help` is translated."""
    return click.option(*names, cls=_Option, **options)


class _Argument(click.Argument):
    def make_metavar(self, *given: Any, **named: Any) -> str:
        return _placeholders(super().make_metavar(*given, **named))


class _Option(click.Option):
    def make_metavar(self, *given: Any, **named: Any) -> str:
        return _placeholders(super().make_metavar(*given, **named))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        english = self.help
        self.help = _help_of(self)
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


def _placeholders(text: str) -> str:
    """Translate the words in capitals."""
    return re.sub("[A-Z]+(?: [A-Z]+)*", lambda found: say(found[0]), text)


# ---------------------------------------------------------------- commands


class _Formatter(click.HelpFormatter):
    """Lays out text in which some characters take two columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        usage = prefix or say("Usage:")
        super().write_usage(prog, args, f"{usage} " if usage.isascii() else usage)

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + say("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        self._write_lines(text, " " * self.current_indent)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2
    ) -> None:
        from graders.feedback.wide import pad_right, width_of

        rows = list(rows)
        indent = " " * self.current_indent
        longest = min(max(width_of(term) for term, _ in rows), col_max)
        column = len(indent) + longest + col_spacing
        for term, text in rows:
            fits = width_of(term) <= longest and text
            if not fits:
                self.write(f"{indent}{term}\n")
            if text:
                self._write_lines(text, pad_right(f"{indent}{term}" if fits else "", column))

    def _write_lines(self, text: str, indent: str) -> None:
        from graders.feedback.wide import wrap

        self.write("".join(f"{line}\n" for line in wrap(text, self.width, indent)))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help, and what click says about its arguments, is translated.

    The language is the `obj` of the outermost context.
    """

    context_class = _Context

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the arguments."""
        with spoken_in(extra["obj"] if parent is None else parent.obj):
            return super().make_context(info_name, args, parent, **extra)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands behind the name of the command."""
        return [_placeholders(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, whose text click takes from the language of the first who asks."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = say("Show this message and exit.")
        return found

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_help_of(self))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the list of commands says."""
        return _help_of(self)


def _help_of(described: click.Command | click.Option) -> str:
    return say(described.help) if described.help else ""


class Group(Command, click.Group):
    """The command with all others, of which `grade` needs not be named: `hw2` means `grade hw2`."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments are for."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["grade", *args]
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, and examples."""
        super().format_help_text(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_dl([(code, say(does)) for code, does in EXAMPLES.items()])
