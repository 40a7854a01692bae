"""Every catalogue has every text, each with the same facts and the same code as in English."""

import gettext
import io
import re
from string import Formatter

import pytest
from babel.messages.mofile import write_mo

from graders.feedback.catalogue import _texts_in, catalogue_path, lacking, template, updated
from graders.feedback.language import LOCALES, Words, languages

TEXTS = template()
IDS = {each.id for each in TEXTS if each.id}
WIDE = "\u4e00-\u9fff"
NARROW = r"A-Za-z0-9`{}\[\]"

each_catalogue = pytest.mark.parametrize("name", [n.replace("-", "_") for n in languages()[1:]])


def forms(text):
    return [text] if isinstance(text, str) else [*text]


def pairs(name):
    """Yield each English text beside its translation."""
    for each in updated(name, TEXTS):
        if each.id:
            yield forms(each.id)[-1], forms(each.string)[-1]


def facts(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def code(text):
    return {*re.findall(r"`[^`]+`", text)}


@each_catalogue
def test_nothing_is_missing_or_doubtful(name):
    assert not lacking(updated(name, TEXTS))


@each_catalogue
def test_the_catalogue_is_up_to_date(name):
    """`python -m graders.feedback.catalogue` brings it up to date."""
    before = catalogue_path(name).read_text(encoding="utf-8")
    assert {each.id for each in updated(name, TEXTS) if each.id} == IDS
    for text in IDS:
        for form in forms(text):
            assert shown_in_po(form) in before.replace('"\n"', ""), form


def shown_in_po(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


@each_catalogue
def test_the_compiled_catalogue_is_fresh(name):
    compiled = io.BytesIO()
    write_mo(compiled, updated(name, TEXTS))
    compiled.seek(0)
    fresh = gettext.GNUTranslations(compiled)._catalog
    with catalogue_path(name).with_suffix(".mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)._catalog
    assert {k: v for k, v in kept.items() if k} == {k: v for k, v in fresh.items() if k}


@each_catalogue
def test_translations_have_the_facts_and_the_code_of_their_originals(name):
    for english, translation in pairs(name):
        assert facts(english) == facts(translation), english
        assert code(english) == code(translation), english


@each_catalogue
def test_nobody_is_shouted_at(name):
    for english, translation in pairs(name):
        assert not re.search("[!！]", re.sub("!=|!r}", "", english + translation))


def test_chinese_has_its_own_punctuation_and_a_space_beside_latin():
    for english, translation in pairs("zh"):
        bare = re.sub(r"`[^`]+`|\{\w+\}", "{}", translation)
        assert not re.search(rf"[{WIDE}],|[{WIDE}}}][;:?]|[,;:?(][{WIDE}]|[{WIDE}]\.$", bare), (
            translation
        )
        assert not re.search(rf"[{WIDE}][{NARROW}]|[{NARROW}][{WIDE}]", translation), translation
        assert english.endswith(".") == translation.endswith("。"), translation


def test_every_language_is_a_folder_with_both_files():
    for folder in LOCALES.iterdir():
        found = {path.name for path in (folder / "LC_MESSAGES").iterdir()}
        assert found == {"graders.po", "graders.mo"}


# ---------------------------------------------------------------- how texts are found


def texts_in(tmp_path, source, name="module.py"):
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return [*_texts_in(path)]


def test_texts_are_found_where_they_are_said(tmp_path):
    source = """
words("one")
self.words("two" " lines", fact="no")
self.say("three")
said("four")
words.count("{n} case", "{n} cases", 5)
"abc".count("a", "b")
print("five")
TABLE: Final[Mapping[str, MessageId]] = {"key": "six", "other": "seven"}
text: MessageId = {"a": "eight"}[key]
FORMS: frozenset[MessageId] = frozenset({"nine", ("{n} word", "{n} words")})
MessageId: TypeAlias = "ten"
plain: str = "eleven"
"""
    said = ["one", "two lines", "three", "four", ("{n} case", "{n} cases"), "six", "seven", "eight"]
    assert texts_in(tmp_path, source) == [*said, "nine", ("{n} word", "{n} words")]


def test_texts_are_found_in_the_help_of_commands(tmp_path):
    source = """
@group.command("grade")
@option("--lang", help="one")
@option("--seed", metavar="two")
def grade():
    '''Three.'''

@fixture()
def four():
    '''Four.'''
"""
    assert texts_in(tmp_path, source) == ["one", "Three."]


def test_texts_are_found_in_templates(tmp_path):
    source = """<p title="{{ words('one') }}">{{ words("two", fact=x) }} {{ other("three") }}</p>"""
    assert texts_in(tmp_path, source, "page.html") == ["one", "two"]


def test_an_unknown_text_is_said_in_english():
    assert Words("zh")("{a} and {b}, never said", a=1, b=2) == "1 and 2, never said"
