"""What the command line says about itself: help and complaints, in every language."""

import gettext
import inspect
import os
import re

import click
import pytest

from graders import usage
from graders.cli import commands, main
from graders.feedback.wide import width_of
from graders.reports.formats import WRITERS

PAGES = [[], *([name] for name in commands.commands)]
CODE = re.compile(r"python grade\.py \S+( \S+\.py)?|grade\.py( \w+)?|\[[\w|]+\]|-{1,2}[\w-]+")


@pytest.fixture
def shown(monkeypatch, capsys):
    """Run a command in an environment of its own; return what it shows."""

    def shown(*arguments, status=0, **environment):
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"COLUMNS": "80", **environment}.items():
            monkeypatch.setenv(name, value)
        before = dict(os.environ)
        assert main(arguments) == status
        assert (dict(os.environ), gettext.textdomain()) == (before, "messages")
        out, err = capsys.readouterr()
        return out or err

    return shown


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_help_is_in_the_language_that_is_asked_for(shown, page):
    chinese = shown(*page, "--help", "--lang", "zh", LANG="en_US.UTF-8")
    assert chinese == shown(*page, "--help", LANG="zh_CN.UTF-8")
    assert shown(*page, "--help", LANG="en_US.UTF-8").isascii()
    said = CODE.sub("", chinese)
    assert not re.findall(r"[A-Za-z]+ [a-z]{2,}|[A-Z]{5,}", said)
    assert "用法：" in said
    assert "显示本帮助后退出。" in said


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_columns_of_the_help_are_aligned(shown, page, lang):
    lines = shown(*page, "--help", "--lang", lang, LANG="C.UTF-8").splitlines()
    assert max(width_of(line) for line in lines) <= 78
    start = next(n for n, line in enumerate(lines) if line in ("Options:", "选项："))
    options = [line for line in lines[start + 1 :] if line.startswith("  -")]
    rows = [re.match(r"(  -.*?  +)\S", line) for line in options]
    assert len({width_of(row[1]) for row in rows if row}) == 1
    assert any("--help" in row[1] for row in rows if row)


def test_every_format_of_a_report_is_named(shown):
    help = " ".join(shown("grade", "--help").split())
    assert f"text, html, {', '.join(WRITERS)}".replace(", autolab", " or autolab.") in help


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["hw2", "--quiet"], "没有选项 '--quiet'。"),
        (["hw2", "--questio", "q1"], "（相近的有：'--question'）"),
        (["hw2", "hw2.py", "extra"], "多余的参数（extra）"),
        (["hw2", "--watch=5"], "选项 '--watch' 不接受值。"),
        (["hw2", "-q"], "选项 '-q' 需要 1 个值。"),
        (["hw2", "--format", "xml"], "'--format' 的值无效：'xml' 不在 'text', 'html',"),
        (["hw2", "--seed", "one"], "'one' 不是有效的 integer range。"),
        (["hw2", "--seed", "-1"], "-1 不在范围 0<=x<=4294967295 内。"),
        (["batch", "hw2"], "缺少参数 '文件夹'."),
        ([], "既没有指定命令，也没有指定作业"),
    ],
)
def test_complaints_of_click_are_translated(shown, arguments, complaint):
    said = shown("--lang", "zh", *arguments, status=2)
    assert complaint in said
    assert "提示：`python grade.py --help` 列出所有命令" in said


def test_the_language_may_stand_before_the_command(shown):
    assert "14 题   60 分  改变形状" in shown("--lang", "zh", "list", LANG="en_US.UTF-8")
    assert "14 questions   60 points" in shown("--lang", "zh", "list", "--lang", "en")


def test_texts_of_click_are_what_click_says():
    modules = (click.core, click.decorators, click.exceptions, click.formatting, click.parser)
    source = "".join(map(inspect.getsource, (*modules, click.types)))
    for text in usage.WORDS_OF_CLICK:
        for form in [text] if isinstance(text, str) else text:
            assert f'"{form}"' in source
