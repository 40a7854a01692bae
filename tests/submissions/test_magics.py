"""What IPython adds to Python goes, everything else stays."""

import io
import sys
import sysconfig
import tokenize
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.submissions.magics import Removal, Scanner, plain_python

MARKS = [
    "% 2",
    "%time x",
    "!ls",
    "?x",
    "x?",
    "/f",
    "a = !ls",
    "a = %pwd",
    "%%bash",
    "pip install a",
]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("%matplotlib inline", "line magic"),
        ("%pip install torch", "line magic"),
        ("pip install torch", "line magic"),
        ("%timeit f(x)", "line magic"),
        ("files = %ls", "line magic"),
        ("a, b[0] = %who_ls", "line magic"),
        ("!pip install torch", "shell command"),
        ("! nvidia-smi", "shell command"),
        ("!!ls", "shell command"),
        ("!echo it's", "shell command"),
        ("files = !ls *.py", "shell command"),
        ("torch.nn.Linear?", "help request"),
        ("f??", "help request"),
        ("?f", "help request"),
        ("??f", "help request"),
        ("%time?", "help request"),
        ("%%time?", "help request"),
        ("/print x", "automatic call"),
    ],
)
@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_a_line_that_only_ipython_understands_becomes_pass(line, kind, indent):
    cell = plain_python(f"if True:\n{indent}{line}\ny = 1")
    assert cell.code == f"if True:\n{indent}pass\ny = 1"
    assert cell.removals == (Removal(kind, 2, line),)


def test_a_command_that_goes_on_is_removed_whole():
    cell = plain_python("!pip install \\\n  torch \\\n  numpy\nx = 1")
    assert cell.code == "pass\n\n\nx = 1"
    assert cell.removals == (Removal("shell command", 1, "!pip install \\"),)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("%time w = f(x)", "w = f(x)"),
        ("w = %time f(x)", "w = f(x)"),
        ("%prun f(x)", "f(x)"),
        ("%time -q f(x)", "pass"),
        ("%time", "pass"),
        ("!echo %time x", "pass"),
    ],
)
def test_a_timed_statement_still_runs(line, left):
    assert plain_python(line).code == left


@pytest.mark.parametrize("magic", ["time", "timeit -n 1", "capture out", "prun", "wandb"])
def test_the_body_of_a_measuring_cell_magic_stays(magic):
    cell = plain_python(f"\n# a title\n%%{magic}\nx = 1")
    assert cell.code == "\n# a title\npass\nx = 1"
    assert cell.removals == (Removal("cell magic", 3, f"%%{magic}"),)


@pytest.mark.parametrize("magic", ["bash", "html", "writefile a.py", "script perl", "!", "R"])
def test_a_cell_of_another_language_is_left_out(magic):
    cell = plain_python(f"%%{magic}\nx = 1")
    assert cell.code is None
    assert cell.removals == (Removal("cell skipped", 1, f"%%{magic}"),)


def test_cell_magics_stack():
    assert plain_python("%%capture\n%%time\nx = 1").code == "pass\npass\nx = 1"
    skipped = plain_python("%%capture\n%%bash\nls")
    assert skipped.code is None
    assert [removal.kind for removal in skipped.removals] == ["cell magic", "cell skipped"]


def test_an_indented_cell_is_shifted_as_ipython_does():
    assert plain_python("\n  def f(x):\n    return x\n\n  y = 1").code == (
        "\ndef f(x):\n  return x\n\ny = 1"
    )


@pytest.mark.parametrize(
    "code",
    [
        "x = (17\n% 5)",
        "x = 17 \\\n% 5",
        "x = [a\n!= b]",
        's = """\n%time\n!ls\nx?\n"""',
        "s = 'a\\\n%time'",
        'f(r"\\")\n"""\n!ls\n"""',
        "'''\n\"\"\"\n'''\nx = '''\n!ls\n'''",
        'f"""{x:%H}\n%time\n"""',
        'f"{{"\nx = (1\n% 2)',
        'f"""{ {1: 2}[1]:>{w}}\n!ls\n"""',
        'if"x":y = """\n!ls\n"""',
        "x = 1  # it's (\ny = 2",
        "x %= 3\nx != 3",
        "d = {'%a': 1,\n%(b)\n}",
        "  # an indented comment\nif x:\n  y = 1",
        "",
        "\n\n",
        "# only a comment",
    ],
)
def test_marks_inside_of_statements_stay(code):
    cell = plain_python(code)
    assert cell.code == code
    assert cell.removals == ()


@pytest.mark.parametrize(
    "code",
    ["x = 17\n% 5", "x = a\n!= b", "x = )\n!= b", "x = '\ny = 1", 'f"{\n!ls', "% matplotlib"],
)
def test_what_is_wrong_in_ipython_too_stays(code):
    assert plain_python(code).code == code


@pytest.mark.parametrize("broken", ["x = 'a", "print 'it''s'", "x = 3)"])
def test_a_broken_line_hides_no_magic_after_it(broken):
    assert plain_python(f"{broken}\n!ls").code == f"{broken}\npass"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.12 nests quotes in f-strings")
@pytest.mark.parametrize(
    "code",
    [
        'f"{d["a"]}"\nx = 1',
        'f"{\nx\n% 2}"',
        "f\"{'''\n%a'''}\"",
        'f"{x # it\'s\n% 2\n:>3}"',
        'f"{f"{f"{x}"}"}"\ny = (1\n% 2)',
    ],
)
def test_nested_strings_stay(code):
    compile(code, "cell", "exec")
    assert plain_python(code).code == code


pieces = st.sampled_from(
    [
        *MARKS,
        *("x", "1", "=", "+", " ", "\n", "\n", "\n    ", "\\\n", "(", ")", "[", "]", "{", "}", ":"),
        *("'", '"', "'''", '"""', "f'", 'f"', 'rf"""', "r'", "b'", "\\", "#", ",", "if x:", "{{"),
    ]
)
texts = st.lists(pieces, max_size=12).map("".join)


@st.composite
def statements(draw):
    """Statements of several lines with marks wherever Python allows them."""
    mark = draw(st.sampled_from(MARKS))
    form = draw(
        st.sampled_from(
            [
                'x = """\n{}\n"""',
                "x = r'''\\\n{}'''",
                "f(a,\n  '''{}''' # '\n)",
                "x = (8\n% 3)",
                "x = [1, #(\n{{}}\n]",
                "if x:\n  y = f'''{{x!r:>3}}\n{}'''",
                "x = 'a' \\\n  '%b'",
                "def f():\n    '''\n    {}\n    '''",
            ]
        )
    )
    return form.format(mark)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(statements(), texts), max_size=6).map("\n".join))
def test_valid_python_comes_out_as_it_went_in(text):
    try:
        compile(text, "cell", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, SyntaxWarning):
        return
    assert plain_python(text).code == text


@settings(deadline=None, max_examples=300)
@given(texts)
def test_line_numbers_never_change(text):
    cell = plain_python(text)
    assert cell.code is None or cell.code.count("\n") == text.count("\n")
    lines = text.split("\n")
    assert all(lines[each.line - 1].strip().endswith(each.text) for each in cell.removals)


STDLIB = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))


def statement_starts(text):
    """The lines on which the tokenizer of Python lets a statement begin."""
    begins, starts = True, set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NEWLINE:
            begins = True
        elif token.type not in (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT):
            if begins:
                starts.add(token.start[0])
            begins = False
    return starts


@pytest.mark.parametrize("path", STDLIB[::8], ids=lambda path: path.stem)
def test_agrees_with_the_tokenizer_on_the_standard_library(path):
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    scanner, free = Scanner(), set()
    for number, line in enumerate(lines, start=1):
        if scanner.between_statements:
            free.add(number)
        scanner.feed(line)
    starts = {number for number in statement_starts(text) if number <= len(lines)}
    code = {n for n in free if lines[n - 1].strip() and not lines[n - 1].lstrip().startswith("#")}
    assert code == {number for number in starts if lines[number - 1].strip()}
    assert plain_python(text).code == text


@pytest.mark.parametrize(
    "mark", ["a", "=", " ", "(", "f'", "{", "f'{", "%%", "?", "a =", "\\", "#"]
)
def test_a_long_line_takes_no_longer_than_its_length(mark):
    line = "x" + mark * 10**5 + "x"
    assert plain_python(line).code == line
