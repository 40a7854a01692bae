"""Keeps the catalogues of languages up to date; needs Babel.

python -m graders.feedback.catalogue         update and compile all catalogues
python -m graders.feedback.catalogue de      begin a catalogue for German
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from graders.feedback.language import DOMAIN, LOCALES

PACKAGE: Final = Path(__file__).parents[1]
SAYERS: Final = ("words", "say", "said")
ABOUT: Final = {
    "project": "torch-exercise-grader",
    "version": " ",
    "msgid_bugs_address": " ",
    "last_translator": " ",
    "language_team": " ",
}
HEADER: Final = "# What the grader says. An empty or fuzzy text makes a test fail."

Id: TypeAlias = str | tuple[str, str]
"""A text, or its forms for one and for many."""


def main(languages: Sequence[str]) -> None:
    """Bring catalogues up to date and say what they lack."""
    LOCALES.mkdir(exist_ok=True)
    texts = template()
    known = [path.parents[1].name for path in sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))]
    for name in [*known, *(language.replace("-", "_") for language in languages)]:
        catalogue = updated(name, texts)
        save(catalogue, catalogue_path(name))
        print(f"{name}: {len(catalogue)} texts")
        for message in lacking(catalogue):
            print(f"  {'to be checked' if message.fuzzy else 'missing'}: {message.id!r}")


def catalogue_path(name: str) -> Path:
    """Return the file with the texts of a language."""
    return LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.po"


def lacking(catalogue: Catalog) -> list[Message]:
    """Return the texts without a translation, or with one that somebody has to look at."""
    return [each for each in catalogue if each.id and (each.fuzzy or not all(_forms(each.string)))]


def template() -> Catalog:
    """Return a catalogue of all texts that the package says, and where."""
    catalogue = Catalog(domain=DOMAIN, fuzzy=False)
    for path in [*sorted(PACKAGE.rglob("*.py")), *sorted(PACKAGE.rglob("templates/*.html"))]:
        place = path.relative_to(PACKAGE.parent).as_posix()
        for text in _texts_in(path):
            flags = ["python-brace-format"] if "{" in str(text) else []
            catalogue.add(text, locations=[(place, 1)], flags=flags)
    return catalogue


def updated(name: str, texts: Catalog) -> Catalog:
    """Return a language's catalogue with exactly these texts and the translations that it had."""
    path = catalogue_path(name)
    catalogue = Catalog(name, DOMAIN, HEADER, **ABOUT, fuzzy=False)
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=name, domain=DOMAIN)
    catalogue.update(texts, update_creation_date=False)
    return catalogue


def save(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue as text and, as programs read it, compiled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, ignore_obsolete=True, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


# ---------------------------------------------------------------- the texts of a file


def _texts_in(path: Path) -> Iterator[Id]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        for node in sorted(ast.walk(ast.parse(text)), key=_position):
            yield from _texts_of(node)
        return
    for call in Environment().parse(text).find_all(nodes.Call):
        match call:
            case nodes.Call(node=nodes.Name(name="words"), args=[nodes.Const(value=str(said)), *_]):
                yield said


def _position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _texts_of(node: ast.AST) -> Iterator[Id]:
    """Yield the texts of a call such as `words("...")`, or of a value of type `MessageId`.

    So is what a command, or an option of it, says in its help.
    """
    match node:
        case ast.Call(
            func=ast.Attribute(value=sayer, attr="count"),
            args=[ast.Constant(value=str(one)), ast.Constant(value=str(many)), *_],
        ) if _name(sayer) in SAYERS:
            yield one, many
        case ast.Call(func=called, keywords=keywords) if _name(called) == "option":
            for keyword in keywords:
                if keyword.arg == "help":
                    yield from _values(keyword.value)
        case ast.FunctionDef(decorator_list=[ast.Call(func=called), *_]):
            if _name(called) in ("command", "group"):
                yield ast.get_docstring(node) or ""
        case ast.Call(func=sayer, args=[ast.Constant(value=str(text)), *_]):
            if _name(sayer) in SAYERS:
                yield text
        case ast.AnnAssign(annotation=annotation, value=ast.expr() as value):
            names = [_name(each) for each in ast.walk(annotation)]
            if "MessageId" in names and "TypeAlias" not in names:
                yield from _values(value)


def _values(node: ast.expr) -> Iterator[Id]:
    """Yield the texts of a table, or of a choice from one; a pair is one for one and for many."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Tuple(elts=[ast.Constant(value=str(one)), ast.Constant(value=str(many))]):
            yield one, many
        case ast.Dict(values=values) | ast.Set(elts=values) | ast.Call(args=values):
            for value in values:
                yield from _values(value)
        case ast.Subscript(value=value):
            yield from _values(value)


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return [text or ""] if text is None or isinstance(text, str) else text


if __name__ == "__main__":
    main(sys.argv[1:])
