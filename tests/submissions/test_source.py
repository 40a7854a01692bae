"""One submission: whatever is at the path, it is read, or one sentence says why not."""

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress

import nbformat.v3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graders.errors import SubmissionError
from graders.submissions.source import Block, Note, read_source


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def code(*sources):
    return [{"cell_type": "code", "source": source, "metadata": {}} for source in sources]


def notebook(cells, **more):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells} | more)


def refusal(path):
    with pytest.raises(SubmissionError) as caught:
        read_source(path)
    assert str(path.parent) in caught.value.message
    assert caught.value.message.endswith(".")
    return caught.value


def value_of_x(source):
    names = {}
    for block in source.blocks:
        exec(compile(block.text, source.name, "exec"), names)
    return names["x"]


# --- a .py file


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_py_with_any_newline_and_bom(tmp_path, newline, mark):
    text = f'y = 1{newline}x = """é{newline}{newline}"""{newline}'
    source = read_source(write(tmp_path, "hw2.py", mark + text.encode()))
    assert source.name == "hw2.py"
    assert source.notes == ()
    assert source.blocks == (Block('y = 1\nx = """é\n\n"""\n', None),)


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("latin-1", "Käse"),
        ("cp1252", "“x”"),
        ("gbk", "张量"),
        ("shift_jis", "表示"),
        ("koi8-r", "тест"),
    ],
)
@pytest.mark.parametrize("first", ["", "#!/usr/bin/python\n", "\r\n"])
def test_a_declared_encoding_is_decoded_once(tmp_path, encoding, word, first):
    text = f"{first}# -*- coding: {encoding} -*-\nx = {word!r}\n"
    source = read_source(write(tmp_path, "hw2.py", text.encode(encoding)))
    assert value_of_x(source) == word
    (block,) = source.blocks
    again = {}
    exec(compile(block.text.encode(), "hw2.py", "exec"), again)
    assert again["x"] == word
    assert block.text.count("\n") == text.count("\n")


def test_a_true_coding_comment_stays(tmp_path):
    text = "# coding: utf-8\nx = 'é'\n"
    assert read_source(write(tmp_path, "hw2.py", text)).blocks[0].text == text


@pytest.mark.parametrize(
    "encoding",
    [
        "rot13",
        "utf_7",
        "unicode_escape",
        "raw_unicode_escape",
        "hz",
        "iso2022_jp",
        "punycode",
        "idna",
        "hex",
        "base64",
        "zlib",
        "cp037",
        "undefined",
        "utf-16",
        "utf-32",
        "shift_jis_2004",
    ],
)
def test_an_encoding_that_hides_code_is_refused(tmp_path, encoding):
    error = refusal(write(tmp_path, "hw2.py", f"# coding: {encoding}\nx = 1\n"))
    assert "declares the encoding" in error.message
    assert "UTF-8" in error.hint


@pytest.mark.parametrize("text", ["# coding: klingon\nx = 1", "\ufeff# coding: latin-1\nx = 1"])
def test_an_encoding_that_does_not_fit_is_refused(tmp_path, text):
    assert "declares an encoding" in refusal(write(tmp_path, "hw2.py", text)).message


@pytest.mark.parametrize("comment", ["", "# coding: utf-8", "# coding: ascii"])
def test_bytes_that_are_not_text_are_located(tmp_path, comment):
    error = refusal(write(tmp_path, "hw2.py", comment.encode() + b"\r\n\rx = '\xe9'\n"))
    assert "line 3: byte 0xe9" in error.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_characters_are_named(tmp_path, encoding):
    path = write(tmp_path, "hw2.py", "x = 1\n".encode(encoding))
    assert encoding.upper() in refusal(path).message


@pytest.mark.parametrize("content", ["x = 1\n".encode("utf-16-le"), b"x = 1\n\0"])
def test_nul_bytes_are_refused(tmp_path, content):
    assert "a NUL byte" in refusal(write(tmp_path, "hw2.py", content)).message


@pytest.mark.parametrize("name", ["hw2.py", "hw2.ipynb"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path, name, content):
    assert "is empty" in refusal(write(tmp_path, name, content)).message


@pytest.mark.parametrize(
    "text", [" ", "\n\n", "# nothing yet\n", '"""Only words."""', "x = (", "{}", "{1: "]
)
def test_what_python_itself_will_judge_is_read(tmp_path, text):
    assert read_source(write(tmp_path, "hw2.py", text)).blocks == (Block(text, None),)


def test_code_that_is_shown_in_another_order_is_noted(tmp_path):
    text = "x = 1\ny = '\u202e'  # \u2066\n"
    source = read_source(write(tmp_path, "hw2.py", text))
    assert source.notes == (Note("text direction", None, 2, "U+202E"),)
    assert source.blocks[0].text == text


def test_a_notebook_under_a_py_name_is_recognised(tmp_path):
    error = refusal(write(tmp_path, "hw2.py", notebook(code("x = 1"))))
    assert "holds a notebook" in error.message
    assert error.hint == f"Rename it to {tmp_path / 'hw2.ipynb'}"


@pytest.mark.parametrize(("name", "size"), [("hw2.py", 1 << 20), ("hw2.ipynb", 10 << 20)])
def test_size_limits(tmp_path, name, size):
    if name == "hw2.py":
        assert read_source(write(tmp_path, name, b"#" * size)).blocks
    assert (
        f"larger than {size >> 20} MiB" in refusal(write(tmp_path, name, b"#" * (size + 1))).message
    )


def test_a_sparse_giant_is_not_read(tmp_path):
    path = tmp_path / "hw2.py"
    path.touch()
    os.truncate(path, 1 << 40)
    assert "larger than 1 MiB" in refusal(path).message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path, content):
    for name in ("hw2.py", "hw2.ipynb"):
        with suppress(SubmissionError):
            for block in read_source(write(tmp_path, name, content)).blocks:
                assert "\r" not in block.text
                assert block.text.encode().decode() == block.text


# --- the path


def test_a_missing_file_suggests_a_near_name(tmp_path):
    assert refusal(tmp_path / "hw2.py").hint is None
    write(tmp_path, "hw2.ipynb", "")
    write(tmp_path, "other.py", "")
    error = refusal(tmp_path / "hw2.py")
    assert "does not exist; a .py or .ipynb file was expected" in error.message
    assert error.hint == f"There is a file with a similar name: {tmp_path / 'hw2.ipynb'}"
    similar = tmp_path / "other.py"
    assert refusal(tmp_path / "othre.py").hint == f"There is a file with a similar name: {similar}"
    assert "does not exist" in refusal(tmp_path / "no" / "hw2.py").message


def test_a_folder_lists_what_could_be_meant(tmp_path):
    folder = tmp_path / "hw2.py"
    folder.mkdir()
    assert refusal(folder).hint == "There is no .py or .ipynb file in it."
    write(folder, "b.py", "")
    write(folder, "notes.txt", "")
    error = refusal(folder)
    assert "is a folder" in error.message
    assert error.hint == f"There is one in it: {folder / 'b.py'}"
    write(folder, "a.ipynb", "")
    assert refusal(folder).hint == "Name one of the files in it: a.ipynb, b.py"


@pytest.mark.parametrize(
    ("name", "what", "hint"),
    [
        ("hw2.txt", "is a .txt file", None),
        ("hw2", "is a file without an extension", None),
        ("hw2.py.txt", "is a .txt file", "Rename it to hw2.py"),
        ("hw2.ipynb.json", "is a .json file", "Rename it to hw2.ipynb"),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path, name, what, hint):
    error = refusal(write(tmp_path, name, "x = 1"))
    assert what in error.message
    assert error.hint == hint


def test_the_case_of_the_extension_does_not_matter(tmp_path):
    assert read_source(write(tmp_path, "HW2.PY", "x = 1")).blocks == (Block("x = 1", None),)
    assert read_source(write(tmp_path, "HW2.IPYNB", notebook(code("x = 1")))).blocks


@pytest.mark.skipif(sys.platform == "win32", reason="files of this kind exist on POSIX only")
def test_what_is_no_regular_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    assert "is a named pipe" in refusal(tmp_path / "pipe.py").message
    (tmp_path / "zero.py").symlink_to("/dev/zero")
    assert "is a device" in refusal(tmp_path / "zero.py").message
    (tmp_path / "loop.py").symlink_to("loop.py")
    assert "cannot be read" in refusal(tmp_path / "loop.py").message
    (tmp_path / "folder.py").symlink_to(tmp_path)
    assert "is a folder" in refusal(tmp_path / "folder.py").message
    (tmp_path / "gone.py").symlink_to("nowhere.py")
    assert "does not exist" in refusal(tmp_path / "gone.py").message


def test_a_link_out_of_its_folder_is_refused(tmp_path):
    (tmp_path / "reference").mkdir()
    (tmp_path / "student").mkdir()
    write(tmp_path / "reference", "hw2.py", "x = 1")
    write(tmp_path / "student", "mine.py", "x = 2")
    for name, target in [("hw2.py", "../reference/hw2.py"), ("own.py", "mine.py")]:
        (tmp_path / "student" / name).symlink_to(target)
    assert "is a link to another folder" in refusal(tmp_path / "student" / "hw2.py").message
    assert read_source(tmp_path / "student" / "own.py").blocks == (Block("x = 2", None),)


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are files on POSIX only")
def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket may have 107 bytes only
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.py")
        assert "cannot be read" in refusal(tmp_path / "socket.py").message


@contextmanager
def without_privileges():
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_file_without_permission_is_refused(tmp_path):
    path = write(tmp_path, "hw2.py", "x = 1")
    path.chmod(0)
    with without_privileges():
        error = refusal(path)
    assert "cannot be read (Permission denied)" in error.message


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_folder_without_permission_is_refused(tmp_path):
    folder = tmp_path / "inner"
    folder.mkdir()
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:2]:
        parent.chmod(0o755)  # pytest closes them to everybody else
    folder.chmod(0o311)
    with without_privileges():
        assert "cannot be read (Permission denied)" in refusal(folder).message
        assert refusal(folder / "hw2.py").hint is None


@pytest.mark.parametrize("name", ["a" * 300 + ".py", "a\0b.py"])
def test_an_impossible_name_is_refused(tmp_path, name):
    assert "cannot be read" in refusal_of_odd_name(tmp_path / name)


def refusal_of_odd_name(path):
    with pytest.raises(SubmissionError) as caught:
        read_source(path)
    return caught.value.message


def test_a_name_cannot_write_on_the_terminal(tmp_path):
    message = refusal_of_odd_name(tmp_path / "\x1b[2Jhw2\n.py")
    assert message.isprintable()
    assert "\\x1b[2Jhw2\\n.py" in message


# --- a notebook


def test_a_notebook_gives_one_block_for_each_code_cell(tmp_path):
    words = {"cell_type": "markdown", "source": "# Title"}
    raw = {"cell_type": "raw", "source": "x = 0"}
    cells = [
        words,
        *code(["a = 1\n", "b = 2"]),
        raw,
        *code("", "%%bash\nls"),
        words,
        *code("x = 3\r\n"),
    ]
    source = read_source(write(tmp_path, "hw2.ipynb", notebook(cells)))
    assert source.blocks == (Block("a = 1\nb = 2", 1), Block("", 2), Block("x = 3\n", 4))
    assert source.notes == (Note("cell skipped", 3, 1, "%%bash"),)
    assert value_of_x(source) == 3


def test_notes_tell_the_cell_and_the_line(tmp_path):
    cells = code("import torch", "# setup\n!pip install x\n%matplotlib inline\nx = '\u202e'")
    source = read_source(write(tmp_path, "hw2.ipynb", notebook(cells)))
    assert source.blocks[1] == Block("# setup\npass\npass\nx = '\u202e'", 2)
    assert source.notes == (
        Note("shell command", 2, 2, "!pip install x"),
        Note("line magic", 2, 3, "%matplotlib inline"),
        Note("text direction", 2, 4, "U+202E"),
    )


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"nbformat_minor": 99},
        {"nbformat": 5},
        {"metadata": None},
        {"metadata": {"kernelspec": {"name": "python3", "language": "python"}}},
        {"metadata": {"kernelspec": {"name": "dl-course", "display_name": "Deep Learning"}}},
        {"metadata": {"language_info": {"name": "ipython"}}},
        {"metadata": {"kernelspec": ["odd"], "language_info": 3}},
    ],
)
def test_notebooks_of_every_newer_shape(tmp_path, more):
    path = write(tmp_path, "hw2.ipynb", b"\xef\xbb\xbf" + notebook(code("x = 1"), **more).encode())
    assert read_source(path).blocks == (Block("x = 1", 1),)


def test_a_notebook_with_nothing_but_cells(tmp_path):
    path = write(tmp_path, "hw2.ipynb", json.dumps({"cells": code("x = 1")}))
    assert read_source(path).blocks == (Block("x = 1", 1),)


@pytest.mark.parametrize("metadata", [True, False])
@pytest.mark.parametrize("as_list", [True, False])
def test_a_notebook_of_version_3(tmp_path, metadata, as_list):
    new = nbformat.v3
    cells = [new.new_text_cell("markdown", "words"), new.new_code_cell("%pwd\nx = 3\n")]
    old = new.new_notebook(worksheets=[new.new_worksheet(cells=cells)])
    content = json.loads(json.dumps(old))
    if as_list:
        content["worksheets"][0]["cells"][1]["input"] = ["%pwd\n", "x = 3\n"]
    if not metadata:
        del content["metadata"]
    source = read_source(write(tmp_path, "hw2.ipynb", json.dumps(content)))
    assert value_of_x(source) == 3
    assert source.notes == (Note("line magic", 1, 1, "%pwd"),)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("import torch\n", "is not JSON at line 1, column 1"),
        ('{"cells": [\n{', "is not JSON at line 2"),
        ("[]", "is JSON but not a notebook"),
        ("3", "is JSON but not a notebook"),
        ('{"a": 1}', "is JSON but not a notebook"),
        ("[" * 100_000, "its JSON cannot be read"),
        ('{"nbformat": 4}', "without a list of cells"),
        ('{"nbformat": 4, "cells": {}}', "without a list of cells"),
        ('{"nbformat": 4, "cells": [3, {}, {"cell_type": "markdown"}]}', "has no code cell"),
        (notebook(code(3)), "cell 1 holds no text"),
        (notebook(code(["a", 3])), "cell 1 holds no text"),
        (notebook(code("x = '\ud800'")), "code cell 1: holds a character"),
        (notebook(code("x", "x = '\0'")), "code cell 2: holds a character"),
        ('{"nbformat": 3, "worksheets": [3]}', "broken notebook of the old format 3"),
        ('{"nbformat": -7, "worksheets": []}', "broken notebook of the old format -7"),
        (notebook([], metadata={"kernelspec": {"language": "julia"}}), "notebook for 'julia'"),
        (notebook([], metadata={"language_info": {"name": "R"}}), "notebook for 'R'"),
        (notebook([], metadata={"kernelspec": {"name": "ir"}}), "notebook for 'R'"),
    ],
)
def test_what_is_no_python_notebook_is_refused(tmp_path, content, complaint):
    assert complaint in refusal(write(tmp_path, "hw2.ipynb", content)).message


def test_python_code_under_a_notebook_name_is_recognised(tmp_path):
    assert "must end in .py" in refusal(write(tmp_path, "hw2.ipynb", "import torch\n")).hint


def test_reading_a_py_file_imports_no_notebook_library(tmp_path):
    path = write(tmp_path, "hw2.py", "x = 1")
    script = (
        "import sys; from pathlib import Path; from graders.submissions.source import read_source;"
        "read_source(Path(sys.argv[1])); print('nbformat' in sys.modules, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"], done.stderr
