"""Known submissions and their headers."""

import re

import pytest

from graders.audit.known import read_known
from graders.errors import AssignmentError

WHEAT = '"""expect: passed\n"""\ndef f(x):\n    return x\n'
CHAFF = '"""expect: property it falls failed\n"""\ndef f(x):\n    return -x\n'


def test_headers_say_what_is_expected(corpus):
    folder = corpus({"f/wheat_a.py": WHEAT, "f/chaff_b.py": CHAFF})
    chaff, wheat = read_known(folder, ["f", "g"])
    assert (wheat.name, wheat.function, wheat.check) == ("f/wheat_a.py", "f", None)
    assert (chaff.name, chaff.function, chaff.check) == ("f/chaff_b.py", "f", "property it falls")


@pytest.mark.parametrize("head", ["", "import torch", '"""expect: values"""', '"""passed"""'])
def test_a_file_without_a_header_is_refused(corpus, head):
    folder = corpus({"f/chaff_a.py": f"{head}\ndef f(x):\n    return x\n"})
    with pytest.raises(AssignmentError, match=re.escape("chaff_a.py:1: found ")) as caught:
        read_known(folder, ["f"])
    assert caught.value.message.endswith(
        'expected `"""expect: passed` or `"""expect: <check> failed`'
    )


def test_a_folder_of_no_question_is_refused(corpus):
    folder = corpus({"flaten/wheat_a.py": WHEAT})
    with pytest.raises(AssignmentError, match="the assignment has no question flaten") as caught:
        read_known(folder, ["flatten", "fold"])
    assert caught.value.hint == "there is a question with a similar name: flatten"


def test_there_may_be_none(tmp_path):
    assert read_known(tmp_path / "missing", ["f"]) == []


def test_a_file_answers_the_questions_that_it_defines(corpus):
    text = WHEAT + "\n\ndef h(x):\n    return x\n\n\ndef g(x):\n    return x\n"
    (known,) = read_known(corpus({"g/wheat_a.py": text}), ["f", "g"])
    assert known.defines(["f", "g"]) == ["g", "f"]


def test_a_file_that_python_cannot_read_answers_its_own_question(corpus):
    text = '"""expect: loads failed\n"""\ndef f(x)\n    return x\n'
    (known,) = read_known(corpus({"f/chaff_a.py": text}), ["f", "g"])
    assert known.defines(["f", "g"]) == ["f"]


@pytest.mark.parametrize(("name", "needed"), [("chaff_device_a", True), ("chaff_a", False)])
def test_device_chaffs_are_named_so(corpus, name, needed):
    (known,) = read_known(corpus({f"f/{name}.py": CHAFF}), ["f"])
    assert known.needs_device is needed
