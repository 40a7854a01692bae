"""What YAML may look like, and what is said when it does not."""

import math
import time
from pathlib import Path

import pytest
import yaml

from graders.errors import AssignmentError
from graders.spec.document import parse_document, read_document

PATH = Path("hw.yaml")


@pytest.fixture(params=["libyaml", "python"])
def parse(request, monkeypatch):
    """Parse with libyaml and, as where it is missing, without."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    return lambda text: parse_document(text, PATH)


def message(parse, text):
    with pytest.raises(AssignmentError) as caught:
        parse(text)
    return caught.value.message


def test_data_and_lines(parse):
    document = parse("title: T\nlist:\n- 1\n- a: true\n  b: 'x'\n")
    assert document.data == {"title": "T", "list": [1, {"a": True, "b": "x"}]}
    assert document.lines[("title",)] == 1
    assert document.lines[("list", 0)] == 3
    assert document.lines[("list", 1, "b")] == 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("no", "no"),
        ("true", True),
        ("False", False),
        ("010", 10),
        ("0o10", "0o10"),
        ("0x10", "0x10"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("2024-01-02", "2024-01-02"),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("+3", 3),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ("~", None),
        ("", None),
        ("0..4", "0..4"),
        ("'3'", "3"),
        ('"true"', "true"),
        ("'null'", "null"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(parse, text, value):
    found = parse(f"key: {text}").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_nan(parse):
    assert math.isnan(parse("key: .nan").data["key"])


def test_keys_are_words_whatever_they_look_like(parse):
    assert parse("{on: 1, yes: 2, 3: 4, null: 5}").data == {"on": 1, "yes": 2, "3": 4, "null": 5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "hw.yaml: the file is empty"),
        ("# only a comment\n", "hw.yaml: the file is empty"),
        ("a: 1\n---\nb: 2\n", "hw.yaml:2: a second document starts here; expected one in a file"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", "hw.yaml:4: a.b: the key occurs twice, first on line 2"),
        ("a: &x 1\nb: *x\n", "hw.yaml:2: b: aliases (*name) are not used in assignments"),
        ("a: *x\n", "hw.yaml:1: a: aliases (*name) are not used in assignments"),
        ("*x : 1\n", "hw.yaml:1: a key is a list, a mapping or an alias; expected a word"),
        ("? [a]\n: 1\n", "hw.yaml:1: a key is a list, a mapping or an alias; expected a word"),
        ("a: 1\n<<: {b: 1}\n", "hw.yaml:2: merge keys (<<) are not used in assignments"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "hw.yaml:1: a: tags (!name) are not used in assignments",
        ),
        ("!!str a: 1\n", "hw.yaml:1: tags (!name) are not used in assignments"),
        ("a: !x 1\n", "hw.yaml:1: a: tags (!name) are not used in assignments"),
        ("a: !e!x 1\n", "hw.yaml:1: tags (!name) are not used in assignments"),
        ("a:\n\tb: 1\n", "hw.yaml:2: a tab cannot stand here"),
        ("a: b: c\n", "hw.yaml:1: a ': ' starts a mapping where none can be"),
        ("a:\n   b: 1\n  c: 2\n", "hw.yaml:3: the indentation does not fit the lines above"),
        ("a:\n  - 1\n  b: 2\n", "hw.yaml:3: the indentation does not fit the lines above"),
        ("a: 1\nb\nc: 2\n", "hw.yaml:3: this is neither `key: value` nor a list item"),
        ("a: 'x\n", "hw.yaml:2: a quoted text is not closed"),
        ("a: `x`\n", "hw.yaml:1: a plain text cannot start with this character"),
        ("a: [1, 2\nb: 3\n", "hw.yaml:2: a list or mapping in brackets is not closed"),
        ("a: \x00\n", "hw.yaml:1: the character U+0000 cannot stand in YAML"),
        (f"a: {'9' * 50}\n", "hw.yaml:1: a: a number has over 40 characters"),
    ],
)
def test_refused(parse, text, expected):
    assert message(parse, text) == expected


def test_other_syntax_errors_name_the_line(parse):
    assert message(parse, "a: 1\nb: }\n").startswith("hw.yaml:2: ")


def test_deep_nesting_ends_at_once(parse):
    assert "over 40 deep" in message(parse, "a: " + "[" * 900)


def test_very_deep_nesting_ends_at_once(parse):
    started = time.process_time()
    message(parse, "a: " + "[" * 500_000)
    assert time.process_time() - started < 5


def test_billion_laughs_end_at_once(parse):
    lines = ["a0: &a0 [lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    started = time.process_time()
    assert "aliases" in message(parse, "\n".join(lines))
    assert time.process_time() - started < 1


def test_byte_order_mark_is_no_character(tmp_path):
    path = tmp_path / "hw.yaml"
    path.write_bytes("\ufefftitle: T\n".encode())
    assert read_document(path).data == {"title": "T"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: 1\nb: \xff\n", ":2: byte 0xff is not UTF-8"),
        ("a: 1\n".encode("utf-16"), ":1: byte 0xff is not UTF-8"),
        (b"a: 1\n" * 300_000, ": the file is larger than 1 MiB"),
    ],
)
def test_refused_bytes(tmp_path, content, expected):
    path = tmp_path / "hw.yaml"
    path.write_bytes(content)
    with pytest.raises(AssignmentError) as caught:
        read_document(path)
    assert caught.value.message == f"{path}{expected}"


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(AssignmentError, match="there is no such file"):
        read_document(tmp_path / "hw.yaml")
    with pytest.raises(AssignmentError, match="cannot be read"):
        read_document(tmp_path)
