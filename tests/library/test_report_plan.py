"""Plans of the report read: every fault with its place."""

import pytest

from lawcheck.core.report import Sentence
from lawcheck.errors import BadFile
from lawcheck.library.report_plan import default_plan_file, plan_of_text, read_plan

PLAN = """\
title: 标题
opening:
  - 开头。
parts:
  - heading: 第一部分
    say:
      - 一句话。
      - - text: "完成{list}。"
          rows: done
          of: TT
        - done: [TT-01, TT-02]
          text: 都完成了。
    parts:
      - heading: 二级
        parts:
          - heading: 三级
            say: [文字]
words: {about: "大约{value}"}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(BadFile) as raised:
        plan_of_text(text, "report.yaml")
    return [f"{one.line}:{one.column} {one.what} {one.expected}" for one in raised.value.params["faults"]]  # type: ignore[attr-defined]


def test_a_plan_is_read_with_the_place_of_every_sentence() -> None:
    plan = plan_of_text(PLAN, "report.yaml")
    (part,) = plan.parts
    assert part.say == (
        (Sentence("一句话。", (7, 9)),),
        (
            Sentence("完成{list}。", (8, 11), rows="done", of=("TT",)),
            Sentence("都完成了。", (11, 11), done=("TT-01", "TT-02")),
        ),
    )
    assert part.parts[0].parts[0].heading.text == "三级"
    assert (plan.words["about"], plan.words["more-than"]) == ("大约{value}", "超过{value}")
    assert plan.signed.text == "{bureau}"


def test_a_folded_text_has_no_space_between_chinese_characters() -> None:
    plan = plan_of_text("title: >-\n  前一行，\n  后一行 a b\nparts:\n  - heading: x\n", "report.yaml")
    assert plan.title.text == "前一行，后一行 a b"


def test_every_fault_of_a_plan_is_told_with_its_place() -> None:
    assert faults(
        "title: 标题\n"
        "parts:\n"
        "  - heading: 一级\n"
        "    say:\n"
        "      - text: x\n"
        "        rows: late\n"
        "      - 没有{写完\n"
        "    level: 1\n"
        "words: {roughly: x}\n"
    ) == [
        "6:15 bad-value one-of",
        "7:9 open-brace field-in-braces",
        "8:5 unknown-key known-key",
        "9:9 unknown-key known-key",
    ]


def test_headings_have_three_levels_and_no_more() -> None:
    text = PLAN.replace("            say: [文字]\n", "            parts: [{heading: 四级}]\n")
    assert faults(text) == ["17:13 unknown-key known-key"]


def test_the_plan_that_comes_with_lawcheck_has_the_parts_that_the_rule_asks_for() -> None:
    plan = read_plan(default_plan_file())
    assert [part.heading.text for part in plan.parts] == [
        "主要举措和成效",
        "党政主要负责人履行推进法治建设第一责任人职责情况",
        "存在的不足和原因",
        "下一年度主要安排",
    ]
