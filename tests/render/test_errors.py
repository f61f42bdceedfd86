import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import lawcheck
from lawcheck import errors
from lawcheck.library.nodes import Fault
from lawcheck.render import errors as worded
from lawcheck.render import language
from lawcheck.render.errors import EXPECTEDS, REASONS, SENTENCES, WHATS, fault_line, sentence

SOURCE = Path(lawcheck.__file__).parent
OF_A_TEMPLATE = re.compile(r"\{\{ [a-z_.]+ \}\}|\{%p [a-z ]+ %\}")
CLASSES = {
    name: one
    for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, errors.LawcheckError) and one is not errors.LawcheckError
}


def _placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def _nodes(folder: str) -> Iterator[ast.AST]:
    for path in (SOURCE / folder).rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _calls(folder: str) -> Iterator[ast.Call]:
    yield from (node for node in _nodes(folder) if isinstance(node, ast.Call))


def _raised() -> dict[str, list[set[str]]]:
    """Return the parameters that each class of error is raised with, by the name of the class."""
    found: dict[str, list[set[str]]] = {}
    for call in _calls(""):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in CLASSES:
            found.setdefault(name, []).append({one.arg for one in call.keywords if one.arg is not None})
    for node in _nodes(""):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in CLASSES:
            found.setdefault(node.exc.id, []).append(set())
    return found


RAISED = _raised()
SAMPLES: dict[str, object] = {
    "candidates": [("PL-01.Q1", 2025), ("PL-01.Q1", 2026)],
    "unconfirmed": [("PL-02", "清单调整", "Adjusting the list")],
    "faults": (Fault("a.yaml", 3, 5, "unknown-key", "known-key", {"key": "colour"}),),
    "nearest": ["PL-01", "PL-02"],
    "years": [2025, 2026],
    "duties": ["legal", "case-handling"],
    "more": 2,
    "kind": "yearly",
    "reason": "not-a-file",
    "year": 2026,
    "rows": 3,
}
SAMPLES_OF: dict[str, dict[str, object]] = {
    "FileTooLarge": {"size": 2 << 30, "most": 1 << 30},
    "InvalidLink": {"why": "scheme"},
    "NotOfYear": {"why": "law"},
    "NotExtensible": {"why": "times", "most": 1},
    "RegisterNewer": {"found": 3, "known": 2},
}
"""What only one class of error carries so."""


def _error(name: str, parameters: set[str]) -> errors.LawcheckError:
    samples = SAMPLES | SAMPLES_OF.get(name, {})
    return CLASSES[name](**{one: samples.get(one, f"<{one}>") for one in parameters})


def test_every_class_of_error_has_a_code_of_its_own() -> None:
    codes = [one.code for one in CLASSES.values()]
    assert sorted(set(codes)) == sorted(codes)


def test_every_class_of_error_leaves_with_an_exit_code_of_the_contract() -> None:
    assert {one.exit_code for one in CLASSES.values()} == {2, 3, 4, 5, 6}


def test_every_class_of_error_has_its_words_and_no_words_are_left_over() -> None:
    assert {one.code for one in CLASSES.values()} == set(SENTENCES)


def test_every_error_is_raised_somewhere() -> None:
    leaves = {name for name, one in CLASSES.items() if not one.__subclasses__()}
    assert leaves - set(RAISED) == set()


def test_every_class_says_what_it_is_raised_for() -> None:
    assert [name for name, one in CLASSES.items() if not (one.__doc__ or "").strip()] == []


@pytest.mark.parametrize("name", sorted(RAISED))
def test_a_sentence_asks_only_for_what_the_error_carries(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking: list[str] = []

    def missing(_words: object, key: str) -> str:
        lacking.append(key)
        return ""

    monkeypatch.setattr(worded._Missing, "__missing__", missing)
    for parameters in RAISED[name]:
        sentence(_error(name, parameters))
    assert lacking == []


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(RAISED))
def test_sentence_and_hint_are_filled(name: str, spoken: str) -> None:
    language.choose(spoken)
    for parameters in RAISED[name]:
        for said in sentence(_error(name, parameters)):
            assert said.strip()
            assert not set(OF_A_TEMPLATE.sub("", said)) & set("{}")


def test_every_kind_of_fault_that_the_library_finds_has_its_words() -> None:
    unworded = []
    for what, expected, parameters in _faults():
        wanted = _placeholders(WHATS[what]) | _placeholders(EXPECTEDS[expected])
        if not wanted <= parameters:
            unworded.append((what, expected, wanted - parameters))
    assert unworded == []


def test_no_words_for_a_fault_are_left_over() -> None:
    from lawcheck.library.shaping import EXPECTED

    found = list(_faults())
    whats = {what for what, _expected, _parameters in found} | {"missing-key", "unknown-key", "bad-value", "bad-root"}
    expecteds = {expected for _what, expected, _parameters in found} | {*EXPECTED.values(), "shape"}
    assert (whats, expecteds) == (set(WHATS), set(EXPECTEDS))


def _faults() -> Iterator[tuple[str, str, set[str]]]:
    """Yield each fault that can be found in a file: both codes and the names of its parameters."""
    for call in (*_calls("library"), *_calls("service")):
        function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if function in ("fault", "_fault", "_bad", "whole", "cell_fault") and len(texts) >= 2:
            yield texts[-2], texts[-1], {one.arg for one in call.keywords if one.arg is not None}
        elif function == "Unusable" and texts:
            yield texts[0], "plain-value", {"key"}
        elif function == "Fault" and len(texts) == 2:
            given = [key for one in call.args if isinstance(one, ast.Dict) for key in one.keys]
            yield texts[0], texts[1], {str(key.value) for key in given if isinstance(key, ast.Constant)}


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_shape_of_every_kind_is_worded(spoken: str) -> None:
    language.choose(spoken)
    for what in ("missing-key", "unknown-key", "bad-value", "bad-root"):
        for expected in EXPECTEDS:
            fault = Fault(
                "a.yaml",
                3,
                5,
                what,
                expected,
                {"key": "k", "found": "1", "wanted": "w", "detail": "d", "limit": 9, "template": "PL"},
            )
            line = fault_line(fault)
            assert line.startswith("a.yaml:3:5")
            assert not set(line) & set("{}")


@pytest.mark.parametrize(
    ("error", "said", "hint"),
    [
        (
            errors.UnknownRef(ref="PL-31", years=[2026], nearest=[], template="PL"),
            "No item or row PL-31 in 2026.",
            "Run 'lawcheck list PL' to see the rows.",
        ),
        (
            errors.UnknownRef(ref="PL-31", years=[2025, 2026], nearest=["PL-01", "PL-10"], template="PL"),
            "No item or row PL-31 in 2025, 2026. Nearest: PL-01, PL-10.",
            "Run 'lawcheck list PL' to see the rows.",
        ),
        (
            errors.AmbiguousRef(ref="PL-01", candidates=[("PL-01", 2025), ("PL-01", 2026)], more=0),
            "PL-01 can mean any of these: PL-01 (2025), PL-01 (2026).",
            "Say which one, for example PL-01 --year 2025.",
        ),
        (
            errors.AmbiguousRef(ref="ES-02", candidates=[("ES-02.Q1", 2026), ("ES-02.Q2", 2026)], more=1),
            "ES-02 can mean any of these: ES-02.Q1 (2026), ES-02.Q2 (2026) and 1 more.",
            "Say which one, for example ES-02.Q1.",
        ),
        (
            errors.AlreadyDone(ref="PL-03", year=2026, done_by="lihua", done_on="2026-03-05"),
            "PL-03 of 2026 is done already, by lihua on 2026-03-05.",
            "Run 'lawcheck untick PL-03 --year 2026 --why ...' first if that was wrong.",
        ),
        (
            errors.AlreadyDone(ref="PL-03", year=2026, done_by="lihua", done_on=None),
            "PL-03 of 2026 is done already, by lihua on a day not stated.",
            "Run 'lawcheck untick PL-03 --year 2026 --why ...' first if that was wrong.",
        ),
        (
            errors.AmountWithoutMeasure(text=" 21 ", measure="次", measure_en="visits", key="visits"),
            "' 21 ' has no measure. This figure is counted in 次 (visits).",
            "Write the measure after the number: lawcheck figure add visits '21次'",
        ),
        (
            errors.NotAnOccasion(ref="PL-01", kind="yearly"),
            "PL-01 is yearly; only an item that waits for an occasion can be triggered.",
            "Run 'lawcheck show PL-01' to see what it asks for.",
        ),
        (
            errors.NotARegister(path="/a/b.db", reason="foreign-file"),
            "'/a/b.db' is no lawcheck register: it is a database of another program.",
            "Name another file with --register. The file was not touched.",
        ),
    ],
)
def test_an_error_names_what_was_found_and_a_command_to_run_next(
    error: errors.LawcheckError, said: str, hint: str
) -> None:
    assert sentence(error) == (said, hint)


@pytest.mark.parametrize(
    ("error", "said", "hint"),
    [
        (
            errors.UnknownRef(ref="PL-31", years=[2026], nearest=["PL-01", "PL-10"], template="PL"),
            "没有编号为PL-31的事项或者行；查找年度：2026。相近的有：PL-01、PL-10。",
            "请运行“lawcheck list PL”查看各行。",
        ),
        (
            errors.FutureDate(date="2026-07-01", today="2026-06-15", ref="PL-01"),
            "2026-07-01尚未到来；今天是2026-06-15。",
            "请填写今天或者今天以前的日期。未作任何改动。",
        ),
        (errors.EmptyText(option="--why"), "--why没有填写文字。", "请用简短文字说明，并加引号。"),
    ],
)
def test_an_error_says_the_same_in_chinese(error: errors.LawcheckError, said: str, hint: str) -> None:
    language.choose("zh")
    assert sentence(error) == (said, hint)


@pytest.mark.parametrize(
    ("error", "said", "hint"),
    [
        (
            errors.UnknownRef(ref="AJ-01.PUBB", years=[], nearest=["AJ-01.PUB"], template="AJ-01"),
            "There is no row AJ-01.PUBB. Nearest: AJ-01.PUB.",
            "Run 'lawcheck list AJ-01' to see the rows.",
        ),
        (
            errors.AlreadyDone(ref="AJ-01.PUB", year=0, done_by="lihua", done_on="2026-10-12"),
            "AJ-01.PUB is done already, by lihua on 2026-10-12.",
            "Run 'lawcheck untick AJ-01.PUB --why ...' first if that was wrong.",
        ),
        (
            errors.NotApplicable(ref="AJ-01.PUB", year=0, why="withheld"),
            "AJ-01.PUB was set aside as not applicable: withheld",
            "Run 'lawcheck untick AJ-01.PUB --why ...' first if that was wrong.",
        ),
        (
            errors.NothingToUntick(ref="AJ-01.PUB", year=0),
            "AJ-01.PUB is open; there is nothing to untick.",
            "Nothing was changed.",
        ),
    ],
)
def test_an_error_about_a_row_of_a_case_names_no_year(error: errors.LawcheckError, said: str, hint: str) -> None:
    assert sentence(error) == (said, hint)
    language.choose("zh")
    assert "AJ-01.PUB" in sentence(error)[0]
    assert "year" not in "".join(sentence(error))


@pytest.mark.parametrize(
    ("why", "most", "said"),
    [
        ("law", None, "the law sets no extension for it, or not in this unit"),
        ("ended", None, "it is not open"),
        ("times", 1, "it has been extended 1 times already, which is all the law allows"),
        ("amount", 30, "the law allows no more than 30"),
    ],
)
def test_a_term_that_cannot_be_extended_says_why(why: str, most: int | None, said: str) -> None:
    error = errors.NotExtensible(ref="AJ-01.DECIDE", why=why, most=most)
    assert sentence(error)[0] == f"The term of AJ-01.DECIDE cannot be extended: {said}."


def test_a_register_of_a_newer_version_says_both_versions() -> None:
    said, _hint = sentence(errors.RegisterNewer(path="a.db", found=3, known=2))
    assert said == "The register 'a.db' was written by a newer lawcheck (format 3, this one knows 2)."


def test_what_was_typed_is_quoted_and_shortened() -> None:
    said, _hint = sentence(errors.InvalidRef(text="x" * 200))
    assert said == f"'{'x' * 77}...' is no ref. A ref looks like PL-03, ES-02.Q2 or PL-02.1."


@pytest.mark.parametrize("typed", ["\x1b[31m", "\x9b2J", "a\nb", "\u202e", "{name}", "%s", "[red]"])
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_what_was_typed_neither_steers_the_terminal_nor_the_sentence(typed: str, spoken: str) -> None:
    language.choose(spoken)
    said, hint = sentence(errors.UnknownFigure(key=typed, year=2026, nearest=[typed]))
    assert not set(said + hint) & set("\x1b\x9b\n\u202e")
    if typed.isprintable() and typed.isascii():
        assert said.count(typed) == 2


@pytest.mark.parametrize(
    "error",
    [
        errors.NoSuchOption(name="-n", nearest=[]),
        errors.UnknownFigure(key="visits", year=2026, nearest=[]),
    ],
)
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_where_nothing_is_near_nothing_is_announced(error: errors.LawcheckError, spoken: str) -> None:
    language.choose(spoken)
    said, _hint = sentence(error)
    assert not said.endswith((": .", "：。"))


def test_a_fault_stands_with_file_line_and_column() -> None:
    fault = Fault("my/PL.yaml", 12, 7, "foreign-code", "own-code", {"key": "ES-01", "template": "PL"})
    assert fault_line(fault) == (
        "my/PL.yaml:12:7: the code 'ES-01' does not begin with PL-, expected: codes that begin with PL-"
    )
    language.choose("zh")
    assert fault_line(fault).startswith("my/PL.yaml:12:7：")


def test_a_fault_of_a_hostile_file_does_not_steer_the_terminal() -> None:
    fault = Fault("\x1b]0;x\x07.yaml", 1, 1, "duplicate-key", "one-key", {"key": "\x1b[31m\u202e\n{key}"})
    line = fault_line(fault)
    assert not set(line) & set("\x1b\x07\u202e\n")
    assert "{key}" in line


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("reason", sorted(REASONS))
def test_a_reason_of_ours_is_worded(reason: str, spoken: str) -> None:
    language.choose(spoken)
    said, _hint = sentence(errors.NotARegister(path="/x.db", reason=reason))
    assert reason not in said


@pytest.mark.parametrize(
    ("begins", "ends", "said", "chinese"),
    [
        ("2026-07-01", None, "asked for from 2026-07-01 on.", "该事项的依据自2026-07-01起施行。"),
        (None, "2026-03-31", "asked for until 2026-03-31.", "该事项的依据施行至2026-03-31。"),
        (
            "2026-07-01",
            "2026-03-31",
            "asked for until 2026-03-31; asked for from 2026-07-01 on.",
            "该事项的依据施行至2026-03-31；该事项的依据自2026-07-01起施行。",
        ),
        (None, None, "no law in force then asks for it.", "当日没有施行的依据。"),
    ],
)
def test_a_day_without_law_says_from_and_until_when_there_is_some(
    begins: str | None, ends: str | None, said: str, chinese: str
) -> None:
    error = errors.NotAskedOn(ref="RL-04", date="2026-05-01", begins=begins, ends=ends)
    assert sentence(error)[0] == f"No law asks for RL-04 on 2026-05-01: {said}"
    language.choose("zh")
    assert sentence(error)[0] == f"2026-05-01没有法源要求 RL-04：{chinese}"


def test_where_no_pause_is_known_it_says_so() -> None:
    error = errors.UnknownPause(reason="hearing", ref="GK-01", known=())
    assert sentence(error)[0] == "No term of GK-01 stands still for any reason."
    known = errors.UnknownPause(reason="x", ref="AJ-01", known=(("hearing", ("听证", "hearing")),))
    assert sentence(known)[0] == "No term of AJ-01 stands still for x. Known: hearing (hearing)."


def test_a_fault_of_two_milestones_names_them_with_their_titles() -> None:
    told = {"name": ("served", ("送达", "Served")), "other": ("decided", ("决定", "Decided"))}
    fault = Fault(
        "a.csv", 2, 4, "milestone-impossible", "lawful-order", {**told, "at": "2026-03-02", "other_at": "2026-04-01"}
    )
    assert fault_line(fault).startswith(
        "a.csv:2:4: served (Served) (2026-03-02) cannot lie before decided (Decided) (2026-04-01)"
    )
    language.choose("zh")
    assert fault_line(fault).startswith("a.csv:2:4：送达（served）（2026-03-02）不能早于决定（decided）（2026-04-01）")
