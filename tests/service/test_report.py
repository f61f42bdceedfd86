"""The report of a bureau: its own plan from its bureau file, what the register knows, what is missing."""

from datetime import date
from pathlib import Path

import pytest

from lawcheck.core.journal import Actor
from lawcheck.core.report import Gap
from lawcheck.errors import BadFile, NoSuchFile, ReportGaps
from lawcheck.render.report import source_lines
from lawcheck.service.bureaus import import_bureau, kept_bureau
from lawcheck.service.evidence import Intake, Offered, add_evidence
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.report import SourceRow, check_complete, find_private_in, make_report
from lawcheck.service.rows import tick
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from support import SMALL_BUREAU

AS_OF, SIGNED = date(2026, 6, 15), date(2026, 6, 15)
PLAN = """\
title: "{bureau}{year}年法治工作总结"
to: 市人民政府：
parts:
  - heading: 工作
    parts:
      - heading: 走访
        parts:
          - heading: 次数
            say: ["全年走访{visits}，{visits.growth}。"]
          - heading: 事项
            say:
              - text: 完成了年度事项。
                done: TT-01
              - text: 有{count}项逾期，包括{list}。
                rows: overdue
                each: "{title}（{unit}）"
  - heading: 打算
    say: ["{next_year}年继续。"]
signed: 小局办公室
"""
"""Another bureau's plan: other sections, headings of three levels."""


@pytest.fixture
def planned(small: Register, actor: Actor, tmp_path: Path) -> Register:
    """Return the small register with a plan of its own."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    path = tmp_path / "bureau.yaml"
    path.write_text(SMALL_BUREAU + "report: plan.yaml\n", encoding="utf-8")
    import_bureau(small, actor, path)
    return small


def texts(register: Register, *, as_of: date = AS_OF, plan: Path | None = None) -> list[str]:
    made = make_report(register, 2026, as_of=as_of, signed_on=SIGNED, plan_file=plan)
    return [f"{block.kind}{block.level or ''} {block.text()}" for block in made.composed.blocks]


def test_another_bureau_has_another_report_from_its_configuration_alone(
    planned: Register, actor: Actor, small_template: Path
) -> None:
    start_year(planned, actor, 2025, [str(small_template)])
    for year, amount in ((2025, "20次"), (2026, "21次")):
        said = Reported(begins=date(year, 1, 1), ends=date(year, 6, 10))
        add_figure(planned, actor, "visits", amount, said, year=year)
    tick(planned, actor, ["TT-01"], year=2026, on=date(2026, 3, 1))
    made = make_report(planned, 2026, as_of=AS_OF, signed_on=SIGNED)
    (grown,) = [one for one in made.sources if one.origin.part == "growth"]
    assert [(one.entry.year, one.entry.digits) for one in grown.entries] == [(2026, "21"), (2025, "20")]
    assert texts(planned) == [
        "title 小局2026年法治工作总结",
        "to 市人民政府：",
        "heading1 一、工作",
        "heading2 （一）走访",
        "heading3 1.次数",
        "body 全年走访21次，同比增长5%。",
        "heading3 2.事项",
        "body 完成了年度事项。",
        "body 有2项逾期，包括季度事项（法制科、执法队）。",
        "heading1 二、打算",
        "body 2027年继续。",
        "signed 小局办公室",
        "date 2026年6月15日",
    ]


def test_the_plan_is_kept_with_the_bureau(planned: Register) -> None:
    bureau = kept_bureau(planned)
    assert bureau is not None
    assert bureau.report is not None
    assert (bureau.report.name, bureau.report.text) == ("plan.yaml", PLAN)


def test_a_row_done_after_the_day_was_open_on_it(planned: Register, actor: Actor) -> None:
    tick(planned, actor, ["TT-01"], year=2026, on=date(2026, 6, 1))
    assert "body 完成了年度事项。" in texts(planned)
    before = texts(planned, as_of=date(2026, 5, 1))
    assert "body 完成了年度事项。" not in before
    assert "body 有3项逾期，包括年度事项（法制科）；季度事项（法制科、执法队）。" in before


def test_what_is_missing_is_a_gap_and_the_clean_document_is_refused(planned: Register) -> None:
    made = make_report(planned, 2026, as_of=AS_OF, signed_on=SIGNED)
    assert "body 全年走访【待补：走访次数】，【待补：走访次数的同比增幅】。" in texts(planned)
    assert made.composed.gaps == (
        Gap("visits", "走访次数", "1.次数"), Gap("visits.growth", "走访次数的同比增幅", "1.次数"),
    )  # fmt: skip
    with pytest.raises(ReportGaps) as raised:
        check_complete(made)
    assert raised.value.params == {"year": 2026, "n": 2, "gaps": ["走访次数", "走访次数的同比增幅"]}


def test_a_plan_that_names_what_the_year_does_not_know_is_refused_with_every_place(
    small: Register, tmp_path: Path
) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(PLAN.replace("{visits}", "{visitz}").replace("done: TT-01", "done: TT-91"), encoding="utf-8")
    with pytest.raises(BadFile) as raised:
        make_report(small, 2026, as_of=AS_OF, signed_on=SIGNED, plan_file=path)
    faults = raised.value.params["faults"]
    assert [(one.line, one.column, one.what, one.parameters["key"], one.parameters["wanted"]) for one in faults] == [  # type: ignore[attr-defined]
        (9, 19, "unknown-field", "visitz", ["visits"]),
        (12, 17, "unknown-field", "TT-91", ["TT-01", "TT-04", "TT-03"]),
    ]


def test_a_bureau_file_that_names_no_plan_that_is_there_changes_nothing(
    small: Register, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "bureau.yaml"
    path.write_text(SMALL_BUREAU + "report: gone.yaml\n", encoding="utf-8")
    with pytest.raises(NoSuchFile):
        import_bureau(small, actor, path)
    path.write_text(SMALL_BUREAU + "report: ../gone.yaml\n", encoding="utf-8")
    with pytest.raises(BadFile):
        import_bureau(small, actor, path)


def test_the_plan_that_comes_with_lawcheck_fits_any_year(small: Register) -> None:
    assert "heading1 三、存在的不足和原因" in texts(small)


def test_every_number_leads_back_to_its_entries(planned: Register, actor: Actor) -> None:
    seq = add_figure(planned, actor, "visits", "21次", Reported(on=date(2026, 6, 1)), year=2026).seq
    add_figure(planned, actor, "visits", "2次", Reported(on=date(2026, 6, 14), note="later"), year=2026)
    made = make_report(planned, 2026, as_of=date(2026, 6, 10), signed_on=SIGNED)
    (source,) = [one for one in made.sources if one.origin.what == "figure"]
    assert [(one.entry.n, one.seq) for one in source.entries] == [(1, seq)]


def test_rows_that_are_listed_lead_to_their_evidence(planned: Register, actor: Actor) -> None:
    add_evidence(planned, actor, "TT-02.Q1.FZ", Offered(documents=("海市监〔2026〕1号",)), Intake())
    made = make_report(planned, 2026, as_of=AS_OF, signed_on=SIGNED)
    (source,) = [one for one in made.sources if one.origin.what == "list" and one.origin.name == "overdue"]
    assert [(one.address(), one.name) for one in source.evidence] == [("TT-02.Q1.FZ#1", "海市监〔2026〕1号")]


def test_a_rate_leads_to_the_entries_of_both_its_figures(small: Register, actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "bureau.yaml"
    rate = """\
  - key: in_time
    title: {zh: 按期率, en: In time}
    measure: {zh: "%", en: "%"}
    section: power-list
    rate: {met: tt_met, of: tt_all}
"""
    path.write_text(SMALL_BUREAU + rate, encoding="utf-8")
    import_bureau(small, actor, path)
    for key, amount in (("tt_met", "2件"), ("tt_all", "3件"), ("in_time", "99%")):
        add_figure(small, actor, key, amount, Reported(), year=2026)
    add_evidence(small, actor, "tt_met.1", Offered(documents=("1号",)), Intake())
    plan = tmp_path / "rates.yaml"
    text = 'title: 总结\nparts: [{heading: 工作, say: ["按期率{in_time}，达标{TT-05.rate}。"]}]\nsigned: 局\n'
    code = next(str(one[0]) for one in small.all("item_of_year", year=2026) if '"rate":{' in str(one[1]))
    plan.write_text(text.replace("TT-05", code), encoding="utf-8")
    made = make_report(small, 2026, as_of=AS_OF, signed_on=SIGNED, plan_file=plan)
    assert made.composed.gaps == ()
    for source in made.sources:
        assert [(one.figure.key, [each.entry.digits for each in one.entries]) for one in source.figures] == [
            ("tt_met", ["2"]), ("tt_all", ["3"]),
        ]  # fmt: skip
        assert [one.address() for one in source.evidence] == ["tt_met.1#1"]
    words = "\n".join(source_lines(made.sources[0]))
    assert "[tt_met] 2026: 2" in words
    assert "tt_all.1, 3" in words


def test_what_is_said_because_a_row_is_done_leads_to_it(planned: Register, actor: Actor) -> None:
    seq = tick(planned, actor, ["TT-01"], year=2026, on=date(2026, 3, 1)).seq
    add_evidence(planned, actor, "TT-01", Offered(documents=("小府〔2026〕1号",)), Intake())
    made = make_report(planned, 2026, as_of=AS_OF, signed_on=SIGNED)
    (said,) = [block for block in made.composed.blocks if block.text().startswith("完成了年度事项")]
    source = made.sources[said.pieces[0].source - 1]
    assert (source.origin.what, source.origin.refs) == ("claim", ("TT-01",))
    assert source.rows == (SourceRow("TT-01", seq),)
    assert [one.address() for one in source.evidence] == ["TT-01#1"]


def test_rows_that_are_counted_lead_to_the_entries_that_changed_them(planned: Register, actor: Actor) -> None:
    seq = tick(planned, actor, ["TT-02.Q1.FZ"], year=2026, on=None, partial="signatures").seq
    made = make_report(planned, 2026, as_of=AS_OF, signed_on=SIGNED)
    (source,) = [one for one in made.sources if one.origin.what == "list" and one.origin.name == "overdue"]
    assert source.of_rows == len(source.origin.refs)
    assert SourceRow("TT-02.Q1.FZ", seq) in source.rows
    assert {one.seq for one in source.rows} == {0, seq}


def test_names_of_the_bureaus_people_are_found_before_publication(planned: Register, tmp_path: Path) -> None:
    path = tmp_path / "named.yaml"
    path.write_text("title: 总结\nparts: [{heading: 工作, say: [由李华办理，电话13812345678。]}]\n", encoding="utf-8")
    made = make_report(planned, 2026, as_of=AS_OF, signed_on=SIGNED, plan_file=path)
    assert [(one.kind, one.text) for one in find_private_in(planned, made)] == [
        ("name", "李华"), ("telephone", "13812345678"),
    ]  # fmt: skip
