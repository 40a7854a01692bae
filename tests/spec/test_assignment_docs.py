"""docs/assignments.md names every key there is, no other, and its examples load."""

import re
from pathlib import Path

import pytest

from graders.spec import arguments, vocabulary
from graders.spec.arguments import KINDS, ArgumentSpec
from graders.spec.assignment import Assignment, Limits, Question

DOC = Path(__file__).parents[2].joinpath("docs", "assignments.md").read_text(encoding="utf-8")
SECTIONS = dict(
    part.split("\n", 1) for part in re.split(r"^##+ ", DOC, flags=re.MULTILINE)[1:] if "\n" in part
)
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", DOC, flags=re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(.+?)` \|(.*)\|$", re.MULTILINE)


def specs(*kinds):
    classes = [spec for spec in vars(arguments).values() if isinstance(spec, type)]
    return [
        spec
        for spec in classes
        if issubclass(spec, ArgumentSpec) and getattr(spec, "kind", None) in kinds
    ]


TABLES = {
    "The file": [Assignment],
    "A question": [Question],
    "Limits": [Limits],
    "Options of tensor and array": specs("tensor", "array"),
    "Options of like": specs("like"),
    "Options of list": specs("list"),
    "Options of nested list": specs("nested list"),
    "Options of number": specs("number"),
    "Options of shape": specs("shape"),
}


def rows(section):
    """The first cell of each row of a section's table, and the other cells."""
    return {
        key: [cell.strip() for cell in cells.split(" | ")]
        for key, cells in ROW.findall(SECTIONS[section])
    }


def fields(models):
    return {
        field.alias or name: field
        for model in models
        for name, field in model.model_fields.items()
        if field.alias != getattr(model, "kind", None)
    }


def written(field):
    if field.is_required():
        return "required"
    default = field.default_factory() if field.default_factory else field.default
    if isinstance(default, bool | int | float | str):
        return f"`{str(default).lower()}`"
    if isinstance(default, tuple) and default:
        return f"`[{', '.join(default)}]`"
    if default is None or not default or isinstance(default, Limits):
        return "none"
    return f"`{default}`"


@pytest.mark.parametrize("section", TABLES)
def test_tables_have_every_key_and_its_default(section):
    documented = {key: cells[1] for key, cells in rows(section).items()}
    assert documented == {key: written(field) for key, field in fields(TABLES[section]).items()}


def test_every_kind_of_argument_is_documented():
    assert set(rows("Arguments")) == set(KINDS)
    tabled = [spec for models in TABLES.values() for spec in models]
    assert [spec.kind for spec in specs(*KINDS) if fields([spec]) and spec not in tabled] == []


def test_checks_are_documented_with_their_default():
    assert {check: cells[0] for check, cells in rows("Checks").items()} == {
        check: "yes" if check in vocabulary.DEFAULT_CHECKS else "no" for check in vocabulary.CHECKS
    }


def test_groups_of_forbidden_calls_are_documented():
    assert set(rows("Forbidden calls")) == set(vocabulary.FORBIDDEN_GROUPS)


@pytest.mark.parametrize(
    "words",
    [
        vocabulary.DTYPES,
        vocabulary.DEVICES,
        vocabulary.LAYOUTS,
        vocabulary.NUMBER_KINDS,
        vocabulary.ELEMENT_KINDS,
    ],
)
def test_words_are_documented(words):
    assert [word for word in words if not re.search(rf"\b{word}\b", DOC)] == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_examples_load(load, load_question, block):
    if re.search(r"^title:", block, re.MULTILINE):
        load(block)
    elif re.search(r"^arguments:", block, re.MULTILINE):
        load_question(block)
    else:
        load_question("arguments:\n" + re.sub("^", "  ", block, flags=re.MULTILINE))


def test_examples_show_every_key():
    shown = "\n".join(BLOCKS)
    keys = {key for models in TABLES.values() for key in fields(models)} | set(KINDS)
    written_by_release = {"sealed"}
    missing = sorted(key for key in keys - written_by_release if f"{key}:" not in shown)
    assert missing == []


def test_there_is_room_for_properties():
    assert "Properties" in SECTIONS
