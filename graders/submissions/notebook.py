"""The code cells of a notebook file."""

from __future__ import annotations

import json
from typing import Any, Final

from graders.errors import SubmissionError
from graders.said import said

_KEYS: Final = ("nbformat", "cells", "worksheets")
_PLAIN_PYTHON: Final = said(
    "A notebook starts with {{; a file with plain Python code must end in .py."
)


def code_cells(text: str, name: str) -> list[str]:
    """Return the source of every code cell, of any notebook format from 1 to 4."""
    notebook = _parsed(text, name)
    _require_python(notebook, name)
    cells = _modern(notebook, name).get("cells")
    if not isinstance(cells, list):
        raise SubmissionError(said("{file} is a notebook without a list of cells.", file=name))
    sources = [
        _source(cell, number, name)
        for number, cell in enumerate(cells, start=1)
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]
    if not sources:
        raise SubmissionError(
            said("{file} has no code cell, so there is nothing to grade.", file=name)
        )
    return sources


def looks_like_notebook(text: str) -> bool:
    """Whether a file that calls itself Python is a notebook under another name."""
    if not text.lstrip().startswith("{"):
        return False
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and any(key in content for key in _KEYS)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise SubmissionError(
            said(
                "{file} is not a notebook: it is not JSON at line {line}, column {column}"
                " ({reason}).",
                file=name,
                line=error.lineno,
                column=error.colno,
                reason=error.msg,
            ),
            hint=None if text.lstrip().startswith("{") else _PLAIN_PYTHON,
        ) from error
    except (ValueError, RecursionError) as error:  # endless digits, endless nesting
        raise SubmissionError(
            said("{file} is not a notebook: its JSON cannot be read.", file=name)
        ) from error
    if not isinstance(content, dict) or not any(key in content for key in _KEYS):
        raise SubmissionError(
            said("{file} is JSON but not a notebook: it has no cells.", file=name)
        )
    return content


def _require_python(notebook: dict[str, Any], name: str) -> None:
    metadata = _mapping(notebook.get("metadata"))
    kernel = _mapping(metadata.get("kernelspec"))
    language = _mapping(metadata.get("language_info")).get("name") or kernel.get("language")
    if not language and kernel.get("name") == "ir":  # what Colab writes for R
        language = "R"
    if isinstance(language, str) and "python" not in language.lower():
        raise SubmissionError(
            said(
                "{file} is a notebook for {language}; a Python notebook was expected.",
                file=name,
                language=ascii(language[:40]),
            ),
            hint=said("Choose a Python kernel in the notebook's menu and save it again."),
        )


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _modern(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """The notebook with cells as version 4 has them; only an older one pays for nbformat."""
    version = notebook.get("nbformat", 4 if "cells" in notebook else 3)
    if not isinstance(version, int) or version >= 4:
        return notebook
    import nbformat

    old = {"metadata": {}, "nbformat_minor": 0, **notebook, "nbformat": version}
    try:
        return dict(nbformat.convert(nbformat.from_dict(old), 4))  # type: ignore[no-untyped-call]
    except Exception as error:  # a broken notebook fails in there in any way it likes
        raise SubmissionError(
            said("{file} is a broken notebook of the old format {n}.", file=name, n=version),
            hint=said("Open it in Jupyter and save it again."),
        ) from error


def _source(cell: dict[str, Any], number: int, name: str) -> str:
    match cell.get("source", ""):
        case str(text):
            return text
        case list(lines) if all(isinstance(line, str) for line in lines):
            return "".join(lines)
        case _:
            raise SubmissionError(
                said(
                    "{file} is a broken notebook: cell {cell} holds no text.",
                    file=name,
                    cell=number,
                )
            )
