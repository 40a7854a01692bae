"""The JSON Schema that editors use agrees with what is read."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from graders.spec.assignment import Assignment
from graders.spec.document import parse_document, read_document
from graders.spec.schema import SCHEMA_PATH, schema, schema_text

ASSIGNMENTS = sorted(Path(__file__).parents[2].joinpath("assignments").glob("*.yaml"))
VALIDATOR = Draft202012Validator(schema())


def question(text):
    data = parse_document(text, Path("hw.yaml")).data
    return {"title": "T", "questions": {"f": data}}


def test_file_is_fresh():
    text = SCHEMA_PATH.read_text(encoding="utf-8")
    assert text == schema_text(), "run: python -m graders.spec.schema"


def test_is_a_schema():
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", ASSIGNMENTS, ids=lambda path: path.stem)
def test_assignments_are_valid(path):
    assert list(VALIDATOR.iter_errors(read_document(path).data)) == []


@pytest.mark.parametrize("path", ASSIGNMENTS, ids=lambda path: path.stem)
def test_first_line_leads_editors_to_the_schema(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / name).resolve() == SCHEMA_PATH.resolve()


@pytest.mark.parametrize(
    "text",
    [
        "arguments: {x: {tensor: n}}",
        "arguments: {x: {tensor: [n], dtyp: bool}}",
        "arguments: {x: {tensor: [n], dtype: float}}",
        "arguments: {x: {tensor: [n], whole: 1}}",
        "arguments: {x: {tensor: [n], size: n}}",
        "arguments: {x: {boolean: true}}",
        "arguments: {x: {list: {seed: any}}}",
        "arguments: {x: {array: [n], requires grad: true}}",
        "arguments: {}\npoints: 0",
        "arguments: {}\npoint: 1",
        "arguments: {}\ncases: 5",
        "arguments: {}\nchecks: [value]",
        "arguments: {}\nchecks: [values, values]",
        "arguments: {}\nskip: [contiguous]",
        "arguments: {}\ndevices: []",
        "arguments: {}\nforbid: [matrix product]",
        "arguments: {}\nhints: {Shape: x}",
        "arguments: {}\nprompt: 3",
        "arguments: {}\nlimits: {second: 1}",
        "arguments: {}\ndimensions: {n: 2..a}",
        "points: 1",
    ],
)
def test_marks_mistakes(text):
    assert list(VALIDATOR.iter_errors(question(text)))


def test_knows_every_key_and_describes_most():
    definitions = schema()
    assert set(definitions["properties"]) == set(Assignment.keys())
    described = definitions["$defs"]["Question"]["properties"].values()
    assert all("description" in key for key in described)


def test_is_plain_json():
    assert json.loads(schema_text()) == schema()
