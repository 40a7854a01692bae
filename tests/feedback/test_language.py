"""Which language is spoken, and how facts are filled into its sentences."""

import pytest

from graders.cli import main
from graders.errors import SubmissionError
from graders.feedback import language
from graders.feedback.language import Words, default_language, language_like, languages
from graders.said import said
from graders.submissions.source import read_source


class Spoken(Words):
    """Words whose catalogue is a dict."""

    def __init__(self, catalogue):
        super().__init__("xx")
        self.gettext = lambda message: catalogue.get(message, message)
        self._catalogue = self


def test_a_space_around_a_fact_goes_where_both_sides_are_wide():
    words = Spoken({"{f} returns {what}.": "{f} 返回 {what} 。"})
    assert words("{f} returns {what}.", f="`f`", what="张量") == "`f` 返回张量。"
    assert words("{f} returns {what}.", f="函数", what="None") == "函数返回 None 。"


def test_facts_are_not_changed():
    words = Spoken({"{place}: {text}": "{place} ： {text}"})
    assert words("{place}: {text}", place="a", text="我的 作业 {x}") == "a ：我的 作业 {x}"


def test_what_was_said_in_english_is_said_again():
    words = Spoken({"a {kind} file": "{kind} 文件", "{file} is {kind}": "{file} 是 {kind}"})
    text = said("{file} is {kind}", file="hw2.txt", kind=said("a {kind} file", kind=".txt"))
    assert text == "hw2.txt is a .txt file"
    assert words.again(text) == "hw2.txt 是 .txt 文件"
    assert words.again(SubmissionError(text).message) == "hw2.txt 是 .txt 文件"
    assert words.again("hw2.txt is lost") == "hw2.txt is lost"


def test_numbers_choose_a_form():
    words = Words("en")
    assert words.count("{n} case", "{n} cases", 1) == "1 case"
    assert words.count("{n} case", "{n} cases", 20) == "20 cases"


# ---------------------------------------------------------------- which language


@pytest.fixture
def environment(monkeypatch):
    """Set the variables that choose a language, and no others."""

    def environment(**variables):
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return environment


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:zh_CN:en"}, "zh"),
        ({"LANG": "C", "LANGUAGE": "zh"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment, variables, expected):
    environment(**variables)
    assert default_language() == expected


def test_without_variables_the_system_is_asked(environment, monkeypatch):
    environment()
    monkeypatch.setattr(language.locale, "getlocale", lambda: ("zh_CN", "UTF-8"))
    assert default_language() == "zh"
    monkeypatch.setattr(language.locale, "getlocale", lambda: (None, None))
    assert default_language() == "en"


@pytest.mark.parametrize("name", ["zh", "ZH", "zh-CN", "zh_CN", "zh-Hans-CN", "zh_CN.UTF-8@x"])
def test_a_language_may_be_spelled_with_its_country(name):
    assert language_like(name) == "zh"


def test_unknown_languages_have_no_words():
    assert languages() == ("en", "zh")
    assert language_like("xx") is None
    assert language_like("") is None


# ---------------------------------------------------------------- what the command line says


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["hw99"], "grade.py: 没有名为 hw99 的作业；可用的有：hw1"),
        (["new", "hw2", "-o", "hw2.txt"], "提示：`--notebook` 写入 .ipynb 文件"),
        (["hw2", "-o", "x.html", "--watch"], "提示：去掉 --format 和 --output"),
        (["list", "--nothing"], "提示：`python grade.py --help` 列出所有命令"),
    ],
)
@pytest.mark.parametrize("flag", [["--lang", "zh"], ["--lang=zh_CN"]])
def test_complaints_are_made_in_the_language_that_was_asked_for(
    environment, capsys, arguments, complaint, flag
):
    environment(LANG="en_US.UTF-8")
    assert main([*arguments, *flag]) == 2
    assert complaint in capsys.readouterr().err


def test_complaints_are_made_in_the_language_of_the_locale(environment, capsys):
    environment(LANG="zh_CN.UTF-8")
    assert main(["hw99", "--lang", "xx"]) == 2
    assert "没有语言 'xx'；可用的有：en, zh" in capsys.readouterr().err
    assert main(["list"]) == 0
    assert "14 题   60 分  改变形状" in capsys.readouterr().out


def test_a_file_that_cannot_be_graded_is_refused_in_the_language(tmp_path):
    (tmp_path / "hw2.txt").write_text("", encoding="utf-8")
    with pytest.raises(SubmissionError) as caught:
        read_source(tmp_path / "hw2.txt")
    assert (
        Words("zh")
        .again(caught.value.message)
        .endswith("hw2.txt 是 .txt 文件；需要 .py 或 .ipynb 文件。")
    )
