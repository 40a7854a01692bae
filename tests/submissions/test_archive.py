"""Zip files from outside: what is unpacked lies in the target, the rest is listed."""

import re
import stat
import struct
import time
import zipfile

import pytest

from graders.errors import SubmissionError
from graders.submissions.archive import CLASS, Limits, extract
from graders.submissions.layouts import WANTED


def zipped(path, entries, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def unpack(path, tmp_path, limits=CLASS):
    target, left = extract(path, tmp_path / "scratch", wanted=WANTED, limits=limits)
    files = {file.relative_to(target).as_posix() for file in target.rglob("*") if file.is_file()}
    everything = {file for file in tmp_path.rglob("*") if file.is_file()}
    assert everything == {path} | {target / file for file in files}
    return target, files, [leftover.reason for leftover in left]


def entry(name, kind=0, **more):
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o644) << 16
    for key, value in more.items():
        setattr(info, key, value)
    return info


def test_submissions_are_unpacked_with_their_dates(tmp_path):
    path = zipped(
        tmp_path / "hw2.zip",
        [(entry("a/hw2.py", date_time=(2026, 5, 4, 3, 2, 2)), "x"), ("b.ipynb", "y"), ("c/", "")],
    )
    target, files, left = unpack(path, tmp_path)
    assert target.name == "hw2"
    assert files == {"a/hw2.py", "b.ipynb"}
    assert left == []
    assert (target / "a/hw2.py").read_text() == "x"
    assert time.localtime((target / "a/hw2.py").stat().st_mtime)[:5] == (2026, 5, 4, 3, 2)


def test_other_files_are_not_unpacked(tmp_path):
    path = zipped(tmp_path / "a.zip", [("report.pdf", "x"), ("ann/data.pt", "x"), ("b.py", "x")])
    target, files, left = unpack(path, tmp_path)
    assert files == {"b.py", "report.pdf"}
    assert (target / "report.pdf").read_bytes() == b""
    assert (target / "ann").is_dir()  # so that it is known that ann sent something
    assert left == []


@pytest.mark.parametrize(
    "name",
    [
        "../evil.py",
        "a/../../evil.py",
        "/tmp/evil.py",
        "//host/evil.py",
        "\\evil.py",
        "..\\evil.py",
        "C:evil.py",
        "c:\\evil.py",
        "a\nb.py",
        "\x1b[2J.py",
        ".",
        "./",
    ],
)
def test_names_that_lead_elsewhere_are_left_out(tmp_path, name):
    path = zipped(tmp_path / "a.zip", [(name, "x"), ("good.py", "x")])
    _, files, left = unpack(path, tmp_path)
    assert files == {"good.py"}
    assert len(left) == 1
    assert left[0].endswith("leads out of the archive or is no name")
    assert left[0].isprintable()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (stat.S_IFLNK, "a link"),
        (stat.S_IFIFO, "no regular file"),
        (stat.S_IFCHR, "no regular file"),
        (stat.S_IFSOCK, "no regular file"),
    ],
)
def test_links_and_devices_are_left_out(tmp_path, kind, reason):
    link = (entry("hw2.py", kind), "/etc/passwd")
    path = zipped(tmp_path / "a.zip", [link, (entry("b.py", stat.S_IFREG), "x")])
    assert unpack(path, tmp_path)[1:] == ({"b.py"}, [reason])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("first", "second"),
    [("a.py", "a.py"), ("a.py", "A.PY"), ("\xe4.py", "a\u0308.py"), ("a/b.py", "a//./b.py")],
)
def test_the_second_of_two_equal_names_is_left_out(tmp_path, first, second):
    path = zipped(tmp_path / "a.zip", [(first, "one"), (second, "two")])
    target, files, left = unpack(path, tmp_path)
    assert left == ["a second file of the same name"]
    assert (target / files.pop()).read_text() == "one"


@pytest.mark.parametrize("order", [1, -1])
def test_a_file_and_a_folder_of_one_name(tmp_path, order):
    path = zipped(tmp_path / "a.zip", [("a.py", "x"), ("a.py/b.py", "x")][::order])
    _, files, left = unpack(path, tmp_path)
    assert len(files) == 1
    assert len(left) == 1
    assert "cannot be unpacked" in left[0]


def test_a_name_too_long_for_the_disk_is_left_out(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a" * 300 + ".py", "x"), ("b.py", "x")])
    _, files, left = unpack(path, tmp_path)
    assert files == {"b.py"}
    assert "cannot be unpacked (File name too long)" in left


def test_names_in_any_script(tmp_path):
    names = {"张三/作业2.py", "Жанна.py", "Jürgen Groß.ipynb", "سارة.py", "a\u3000b.py"}
    path = zipped(tmp_path / "a.zip", [(name, "x") for name in names])
    assert unpack(path, tmp_path)[1:] == (names, [])


def test_utf8_names_without_the_flag_as_macos_writes_them(tmp_path):
    path = zipped(tmp_path / "a.zip", [("xxxxxx.py", "x")])
    path.write_bytes(path.read_bytes().replace(b"xxxxxx", "张三".encode()))
    assert unpack(path, tmp_path)[1] == {"张三.py"}


def test_names_in_the_letters_of_dos(tmp_path):
    path = zipped(tmp_path / "a.zip", [("J_rgen.py", "x")])
    path.write_bytes(path.read_bytes().replace(b"J_rgen", b"J\x81rgen"))
    assert unpack(path, tmp_path)[1] == {"Jürgen.py"}


def test_a_bomb_is_cut_off_while_it_is_read(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.py", bytes(60 << 20))])
    assert path.stat().st_size < 1 << 20
    target, files, _ = unpack(path, tmp_path)
    assert files == {"a.py"}
    assert (target / "a.py").stat().st_size == (10 << 20) + 1  # one too many, so it is refused


def test_the_declared_size_is_not_believed(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.py", bytes(3 << 20))])
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 3 << 20), struct.pack("<L", 10)))
    target, files, left = unpack(path, tmp_path, Limits(10, 1 << 20))
    assert sum((target / file).stat().st_size for file in files) <= 1 << 20
    assert files or "cannot be unpacked" in left[0]


def test_bytes_and_entries_are_bounded(tmp_path):
    path = zipped(tmp_path / "a.zip", [(f"{number}.py", bytes(1 << 19)) for number in range(5)])
    assert len(unpack(path, tmp_path, Limits(5, 5 << 19))[1]) == 5
    with pytest.raises(SubmissionError, match=r"holds more than 2 MiB\."):
        extract(path, tmp_path, wanted=WANTED, limits=Limits(5, 2 << 20))
    with pytest.raises(SubmissionError, match="holds more than 4 files"):
        extract(path, tmp_path, wanted=WANTED, limits=Limits(4, 5 << 20))


@pytest.mark.parametrize(
    "compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_damaged_entry_does_not_take_the_others_along(tmp_path, compression):
    content = bytes(range(256)) * 20
    path = zipped(tmp_path / "a.zip", [("a.py", content), ("b.py", b"x")], compression)
    data = bytearray(path.read_bytes())
    data[60:70] = bytes(byte ^ 0x55 for byte in data[60:70])
    path.write_bytes(data)
    _, files, left = unpack(path, tmp_path)
    assert files == {"b.py"}
    assert "cannot be unpacked" in left[0]


def test_encrypted_and_unknown_entries_are_left_out(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.py", "x"), ("b.py", "x")], zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    first, second = (found.start() for found in re.finditer(b"PK\x01\x02", data))
    data[first + 8] |= 1  # encrypted
    data[second + 10] = 99  # a way to compress that nobody knows
    path.write_bytes(data)
    _, files, left = unpack(path, tmp_path)
    assert files == set()
    assert left[0] == "encrypted"
    assert "cannot be unpacked" in left[1]


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(SubmissionError, match=r"a\.zip cannot be read as a zip file"):
        extract(path, tmp_path, wanted=WANTED, limits=CLASS)


def test_a_folder_is_no_zip(tmp_path):
    with pytest.raises(SubmissionError, match="a zip file was expected"):
        extract(tmp_path, tmp_path, wanted=WANTED, limits=CLASS)


def test_archives_of_one_name_do_not_meet(tmp_path):
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = zipped(folder / "hw2.zip", [("a.py", str(number))])
        target, _ = extract(path, tmp_path / "scratch", wanted=WANTED, limits=CLASS)
        assert (target / "a.py").read_text() == str(number)
