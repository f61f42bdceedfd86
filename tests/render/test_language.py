import gettext
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import generate
import messages
from lawcheck.render import language
from lawcheck.render.language import _, pick, plural


def _placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def _forms(held: object) -> tuple[str, ...]:
    return tuple(str(one) for one in held) if isinstance(held, (tuple, list)) else (str(held),)


def _catalogue() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for message in messages.catalogue():
        if message.id:
            yield _forms(message.id), _forms(message.string)


def test_the_sources_speak_several_hundred_messages() -> None:
    assert len(messages.in_sources()) > 300


def test_the_catalogue_holds_the_messages_of_the_sources_and_no_others() -> None:
    spoken = {message.id for message in messages.catalogue() if message.id}
    assert spoken == messages.in_sources()


def test_no_message_waits_for_its_chinese_words() -> None:
    assert [english for english, chinese in _catalogue() if not all(one.strip() for one in chinese)] == []


def test_no_message_is_fuzzy_or_obsolete() -> None:
    kept = messages.catalogue()
    assert [message.id for message in kept if message.id and message.fuzzy] == []
    assert list(kept.obsolete) == []


def test_chinese_words_keep_the_placeholders_of_the_english_ones() -> None:
    wrong = [
        (english, chinese)
        for english, chinese in _catalogue()
        if {frozenset(_placeholders(one)) for one in (*english, *chinese)} != {frozenset(_placeholders(english[0]))}
    ]
    assert wrong == []


def test_chinese_words_begin_and_end_with_a_space_only_where_they_are_joined_to_others() -> None:
    wrong = [
        (english, chinese)
        for english, chinese in _catalogue()
        for one in chinese
        if one != one.strip() and english[0] == english[0].strip()
    ]
    assert wrong == []


def test_chinese_words_are_chinese() -> None:
    untranslated = [
        english
        for english, chinese in _catalogue()
        if chinese[0] == english[0]
        and _placeholders(english[0]) == set()
        and english[0].isascii()
        and " " in english[0]
    ]
    assert untranslated == []


def test_the_compiled_catalogue_says_what_the_catalogue_says() -> None:
    with messages.CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for english, chinese in _catalogue():
        if len(english) == 2:
            assert compiled.ngettext(*english, 7) == chinese[0]
        else:
            assert compiled.gettext(english[0]) == chinese[0]


@pytest.fixture(scope="module")
def generated() -> dict[Path, bytes]:
    return {path: content if isinstance(content, bytes) else content.encode() for path, content in generate.generated()}


@pytest.mark.parametrize(
    "name",
    [
        "src/lawcheck/store/sqlite_sql.py",
        "src/lawcheck/library/known_days.py",
        "src/lawcheck/locale/zh/LC_MESSAGES/lawcheck.po",
        "src/lawcheck/locale/zh/LC_MESSAGES/lawcheck.mo",
        "checklists/template.schema.json",
        "checklists/case.schema.json",
        "checklists/clocks.schema.json",
        "checklists/laws.schema.json",
        "checklists/duties.schema.json",
        "checklists/bureau.schema.json",
        "checklists/holidays.schema.json",
        "docs/reference.md",
        "docs/reference.zh-CN.md",
    ],
)
def test_what_is_generated_is_up_to_date(generated: dict[Path, bytes], name: str) -> None:
    path = generate.ROOT / name
    assert path.read_bytes() == generated[path], "run `make generate`"


def test_nothing_else_is_generated(generated: dict[Path, bytes]) -> None:
    assert len(generated) == 14


def test_english_is_spoken_until_chinese_is_chosen() -> None:
    assert (_("open"), pick("中", "en"), language.language(), language.is_chinese()) == ("open", "en", "en", False)
    language.choose("zh")
    assert (_("open"), pick("中", "en"), language.language(), language.is_chinese()) == ("未完成", "中", "zh", True)


def test_plurals_follow_the_language() -> None:
    english = [plural("{n} working day left", "{n} working days left", n) for n in (0, 1, 2)]
    language.choose("zh")
    chinese = [plural("{n} working day left", "{n} working days left", n) for n in (0, 1, 2)]
    assert english == ["0 working days left", "1 working day left", "2 working days left"]
    assert chinese == ["还剩0个工作日", "还剩1个工作日", "还剩2个工作日"]


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.GBK"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "Chinese (Simplified)_China.936"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_locale_chooses_the_language(
    variables: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language.from_environment() == spoken
