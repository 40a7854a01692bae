"""Writes the file that a student begins with: every function's signature and what it has to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from graders.errors import UsageError
from graders.feedback.language import Words
from graders.feedback.wide import pad_right, width_of, wrap
from graders.said import said
from graders.spec import (
    Argument,
    ArgumentSpec,
    ArrayArgument,
    Assignment,
    BlockArgument,
    BooleanArgument,
    ChoiceArgument,
    FloatArgument,
    IntegerArgument,
    LikeArgument,
    ListArgument,
    NestedListArgument,
    NumberArgument,
    Question,
    Range,
    SameAs,
    SeedArgument,
    ShapeArgument,
    ShapedArgument,
    SizeArgument,
    StringArgument,
    TensorArgument,
    TorchDtypeArgument,
)

WIDTH: Final = 88
INDENT: Final = "    "
NOT_WRITTEN: Final = f"{INDENT}raise NotImplementedError"
_PYTHON_NAMES: Final = {"integer": "int", "float": "float", "boolean": "bool"}


def starter_script(assignment: Assignment, words: Words, command: str) -> str:
    """Return a module with a function for every question; `command` grades it."""
    title = assignment.title.in_language(words.language)
    usage = words("`{command}` grades this file.", command=command)
    head = [_docstring([title, usage], ""), "", *import_lines(assignment)]
    functions = [
        "\n".join([signature(name, question), _function_docstring(name, question, words)])
        for name, question in assignment.questions.items()
    ]
    bodies = [f"{function}\n{NOT_WRITTEN}" for function in functions]
    return "\n\n\n".join(["\n".join(head), *bodies]) + "\n"


def starter_path(given: Path | None, default: str) -> Path:
    """Return the file that `--output` means: it may name a folder, or another name than ours."""
    if given is None:
        return Path(default)
    if given.is_dir():
        return given / default
    suffix = Path(default).suffix
    if given.suffix != suffix:
        kind = said("a notebook") if suffix == ".ipynb" else said("a script")
        raise UsageError(
            said(
                "{file}: {kind} is to be written, and its name has to end in {suffix}",
                file=given,
                kind=kind,
                suffix=suffix,
            ),
            hint=said("`--notebook` writes an .ipynb file, without it a .py file is written"),
        )
    return given


def write_new(path: Path, text: str, *, other: str) -> None:
    """Write a file that is not there yet; `other` is the command that writes another one."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            said("{file} exists, and is left as it is", file=path),
            hint=said("to write another file: {command}", command=other),
        ) from None
    except OSError as error:
        raise UsageError(
            said("{file} cannot be written: {reason}", file=path, reason=error.strerror)
        ) from error


def import_lines(assignment: Assignment) -> list[str]:
    """Return the imports that the signatures need, and torch."""
    questions = assignment.questions.values()
    hints = " ".join(hint for question in questions for hint in type_hints(question).values())
    lines = ["import numpy as np"] if "np." in hints else []
    lines.append("import torch")
    return [*lines, "from torch import Tensor"] if "Tensor" in hints else lines


# ---------------------------------------------------------------- signatures


def signature(name: str, question: Question) -> str:
    """Return the `def` line of a question's function, broken where it is too long."""
    arguments = [f"{argument}: {hint}" for argument, hint in type_hints(question).items()]
    line = f"def {name}({', '.join(arguments)}):"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"def {name}(", *(f"{INDENT}{argument}," for argument in arguments), "):"])


def type_hints(question: Question) -> dict[str, str]:
    """Return the type of each argument, as Python writes it."""
    return {name: _hint(spec, question.arguments) for name, spec in question.arguments.items()}


def _hint(spec: ArgumentSpec, others: Mapping[str, Argument]) -> str:
    match spec:
        case LikeArgument(like=name):
            return _hint(others[name], others)
        case ListArgument(items=items):
            return f"list[{_hint(items, others)}]"
        case NestedListArgument():
            return _nested_hint(spec)
        case NumberArgument(kinds=kinds):
            return " | ".join(_PYTHON_NAMES[kind] for kind in kinds)
        case StringArgument() | ChoiceArgument():
            return " | ".join(dict.fromkeys(type(choice).__name__ for choice in spec.choices))
    return _HINTS[type(spec)]


def _nested_hint(spec: NestedListArgument) -> str:
    depths = {
        len(shape.fixed) + dims
        for shape in spec.shapes
        for dims in (spec.rest_dims(shape) if shape.rest else (0,))
    }
    if len(depths) > 1:
        return "list"
    kinds = [*("integer", "float") * ("mixed" in spec.of), *spec.of]
    numbers = " | ".join(dict.fromkeys(_PYTHON_NAMES[kind] for kind in kinds if kind != "mixed"))
    depth = depths.pop()
    return "list[" * depth + numbers + "]" * depth


_HINTS: Final[Mapping[type[ArgumentSpec], str]] = {
    TensorArgument: "Tensor",
    ArrayArgument: "np.ndarray",
    IntegerArgument: "int",
    SizeArgument: "int",
    SeedArgument: "int",
    FloatArgument: "float",
    BooleanArgument: "bool",
    ShapeArgument: "tuple[int, ...]",
    TorchDtypeArgument: "torch.dtype",
}


# ---------------------------------------------------------------- docstrings


def _function_docstring(name: str, question: Question, words: Words) -> str:
    prompt = question.prompt.in_language(words.language) if question.prompt else f"{name}."
    notes = argument_notes(question, words)
    widest = max(map(width_of, notes), default=0)
    table = chain.from_iterable(
        wrap(note, WIDTH - len(INDENT), pad_right(argument, widest + 2))
        for argument, note in notes.items()
    )
    return _docstring([prompt, "\n".join(table)] if notes else [prompt], INDENT)


def _docstring(paragraphs: list[str], indent: str) -> str:
    """Return a docstring: the first paragraph is wrapped, the others stay as they are."""
    quoted = [text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') for text in paragraphs]
    lines = wrap(f'"""{quoted[0]}', WIDTH, indent)
    for text in quoted[1:]:
        lines += ["", *(f"{indent}{line}".rstrip() for line in text.split("\n"))]
    if len(lines) == 1 and width_of(lines[0]) + 3 <= WIDTH and not lines[0].endswith('"'):
        return f'{lines[0]}"""'
    return "\n".join([*lines, f'{indent}"""'])


def argument_notes(question: Question, words: Words) -> dict[str, str]:
    """Return what a type cannot say about an argument: shapes, dtypes and ranges."""
    notes = {
        name: "; ".join(_facts(name, spec, words)) for name, spec in question.arguments.items()
    }
    return {name: note for name, note in notes.items() if note}


def _facts(name: str, spec: ArgumentSpec, words: Words) -> Iterator[str]:
    match spec:
        case ShapedArgument():
            yield " | ".join(map(str, spec.shapes))
            yield from _value_facts(name, spec, words)
        case LikeArgument(like=other):
            yield words("like {name}", name=other)
        case ListArgument(items=items):
            if inside := "; ".join(_facts(name, items, words)):
                yield words("each {item}", item=inside)
        case IntegerArgument(range=span) | FloatArgument(range=span) | NumberArgument(range=span):
            yield _span(name, span)
        case SizeArgument(size=size) if size != name:
            yield f"{name} = {size}"
        case StringArgument() | ChoiceArgument():
            yield words("one of {choices}", choices=", ".join(map(repr, spec.choices)))
        case TorchDtypeArgument(dtypes=dtypes):
            choices = ", ".join(f"torch.{dtype}" for dtype in dtypes)
            yield words("one of {choices}", choices=choices)


def _value_facts(name: str, spec: ShapedArgument, words: Words) -> Iterator[str]:
    if spec.range is not None:
        yield _span(name, spec.range)
    if not isinstance(spec, BlockArgument):
        return
    if isinstance(spec.dtype, SameAs):
        yield words("dtype of {name}", name=spec.dtype.argument)
    else:
        yield ", ".join(spec.dtype)
    if spec.below is not None:
        yield f"0 <= {name} < {spec.below}"
    if spec.positive:
        yield f"{name} > 0"
    if spec.non_zero:
        yield f"{name} != 0"


def _span(name: str, span: Range) -> str:
    return (
        f"{name} = {span.low}" if span.low == span.high else f"{span.low} <= {name} <= {span.high}"
    )
