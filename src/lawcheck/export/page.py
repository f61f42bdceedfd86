"""A year's summary as one page (HTML) that needs nothing else: no network, no script, no font; charts are drawn in it.

Whatever a user typed stands in it as text. It reads on a telephone, on a wide screen and on paper.
"""

from html import escape
from typing import TYPE_CHECKING

from lawcheck.render.language import _, language
from lawcheck.render.safe import safe
from lawcheck.render.sheets import DAY, INDENT, TEXT, Sheet, SheetColumn, Value, value_text
from lawcheck.render.summary_parts import burn_up_notes, heading, line_label, met_percent, reviewed
from lawcheck.render.summary_sheets import summary_sheets
from lawcheck.render.words import percent_text

if TYPE_CHECKING:
    from lawcheck.core.burnup import BurnUp
    from lawcheck.core.totals import Totals
    from lawcheck.core.year_cases import Term
    from lawcheck.service.summary import Breakdown, Summary

STYLE = """
:root { color-scheme: light; --ink: #1f2933; --dim: #52606d; --line: #cbd2d9; --done: #2f6f4f; --late: #b7791f;
  --over: #b03a3a; --open: #7d93ab; --na: #f0f2f5; --none: #dde1e6; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; color: var(--ink); background: #fff; line-height: 1.5;
  font-family: system-ui, "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; padding-top: .5rem; border-top: 1px solid var(--line); }
p { margin: .25rem 0; color: var(--dim); overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .5rem; margin: 1rem 0; }
.card { border: 1px solid var(--line); border-radius: .25rem; padding: .5rem; }
.card b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.card.over b { color: var(--over); }
.wide { overflow-x: auto; border: 1px solid var(--line); scrollbar-width: auto;
  background: linear-gradient(90deg, transparent, #fff 60%) right/3rem 100% no-repeat local,
    linear-gradient(90deg, transparent, #9aa5b1) right/1rem 100% no-repeat scroll; }
.wide::-webkit-scrollbar { height: .8rem; } .wide::-webkit-scrollbar-track { background: var(--na); }
.wide::-webkit-scrollbar-thumb { background: var(--open); border-radius: .4rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: var(--na); white-space: nowrap; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.w { min-width: 9rem; overflow-wrap: anywhere; white-space: pre-line; }
td.l1 { padding-left: 1.5rem; } td.l2 { padding-left: 2.5rem; }
tr.total td { font-weight: bold; border-top: 2px solid var(--ink); }
.bars { display: grid; grid-template-columns: minmax(6rem, 16rem) 1fr auto; gap: .3rem .6rem; align-items: center;
  font-size: .9rem; }
.bars svg { width: 100%; height: 1rem; display: block; background: var(--na); }
.bars span { overflow-wrap: anywhere; } .bars .n { text-align: right; font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .85rem; color: var(--dim); margin: .5rem 0; }
.legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .3rem; vertical-align: -1px; }
.burn { display: grid; grid-template-columns: auto 1fr; gap: 0 .4rem; font-size: .8rem; color: var(--dim); }
.burn .y { display: flex; flex-direction: column; justify-content: space-between; text-align: right; }
.burn svg { width: 100%; height: 14rem; display: block; border-left: 1px solid var(--dim);
  border-bottom: 1px solid var(--dim); overflow: visible; }
.burn .x { grid-column: 2; display: flex; } .burn .x span { flex: 1; text-align: center; overflow: hidden; }
.done { fill: var(--done); background: var(--done); } .late { fill: var(--late); background: var(--late); }
.undated { fill: #86b39b; background: #86b39b; } .early { fill: #7b5ea7; background: #7b5ea7; }
.over { fill: var(--over); background: var(--over); }
.open { fill: var(--open); background: var(--open); } .na { fill: var(--none); background: var(--none); }
.card.over { background: #fff; }
.due { background: var(--dim); }
polyline { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
polyline.due { stroke: var(--dim); stroke-dasharray: 5 4; background: none; }
polyline.did { stroke: var(--done); stroke-width: 3; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); font-size: .8rem; }
footer code { overflow-wrap: anywhere; }
@media (max-width: 40rem) { body { padding: .6rem; } .bars { grid-template-columns: 1fr auto; }
  .bars span { grid-column: 1 / -1; } }
@media print { @page { size: A4; margin: 15mm; } body { max-width: none; padding: 0; font-size: 9pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2 { break-after: avoid; } tr, .card, section { break-inside: avoid; } thead { display: table-header-group; }
  .wide { overflow: visible; border: 0; background: none; } table { font-size: 7pt; } th, th.n { white-space: normal; }
  th, td { padding: .1rem .2rem; } td.w { min-width: 24mm; } }
"""


def summary_page(result: "Summary") -> tuple[str, int]:
    """Return the page of a summary, and how many tables stand in it."""
    overview, *sheets = summary_sheets(result)
    charts = [_overall(result.total)]
    charts += [_chart(_title(one), _parts(one)) for one in result.breakdowns if one.by in ("template", "unit")]
    if result.burn_up is not None:
        charts.append(_burn_up(result.burn_up))
    if result.terms:
        charts.append(_chart(_("Terms in cases"), _of_terms(result.terms)))
    tables = [_table(one) for one in ([overview] if result.compared is not None else []) + sheets if one.lines]
    head = heading(result)
    body = "\n".join(
        [f"<h1>{_text(head)}</h1>", *charts, *tables, _footer(result, overview)],
    )
    return _DOCUMENT.format(lang=_LANG[language()], title=_text(head), style=STYLE, body=body), len(tables)


_LANG = {"zh": "zh-CN", "en": "en"}
_DOCUMENT = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _text(text: object) -> str:
    """Return a text as it may stand anywhere in the page."""
    return escape(safe(text), quote=True)


def _title(one: "Breakdown") -> str:
    return {"template": _("By checklist"), "unit": _("By unit")}[one.by]


# --- charts -----------------------------------------------------------------------------------

Part = tuple[str, int]
"""How much of a bar is of a kind."""


def _overall(total: "Totals") -> str:
    """Return the totals as cards."""
    cards = [
        (_("Rows"), str(total.rows), ""),
        (_("Done"), str(total.done), ""),
        (_("On time"), str(total.on_time()), ""),
        (_("Late"), str(total.late), ""),
        (_("Overdue"), str(total.overdue), " over" if total.overdue else ""),
        (_("Done, %"), percent_text(total.percent()), ""),
        (_("Score"), percent_text(total.score()), ""),
        (_("Reviewed"), reviewed(total), ""),
        (_("With evidence"), f"{total.evidenced}/{total.done}", ""),
    ]
    inside = "".join(f'<div class="card{kind}">{_text(head)}<b>{_text(value)}</b></div>' for head, value, kind in cards)
    return f'<div class="cards">{inside}</div>'


def _parts(one: "Breakdown") -> list[tuple[str, str, list[Part]]]:
    """Return a bar for each part of the year: what is done, late, partly done, overdue, open, not applicable."""
    bars = []
    for line in one.lines:
        totals = line.totals
        pending = totals.open + totals.partial - totals.overdue
        parts = [
            ("done", totals.on_time()), ("undated", totals.undated), ("late", totals.late), ("over", totals.overdue),
            ("open", pending), ("na", totals.na),
        ]  # fmt: skip
        bars.append((line_label(one.by, line), percent_text(totals.percent()), parts))
    return bars


def _of_terms(terms: "tuple[Term, ...]") -> list[tuple[str, str, list[Part]]]:
    from lawcheck.render.language import pick  # only where there are cases

    return [
        (
            f"{one.template}.{one.code} {pick(one.title_zh, one.title_en)}",
            percent_text(met_percent(one)),
            [
                ("done", one.met),
                ("undated", one.undated),
                ("late", one.late),
                ("early", one.early),
                ("over", one.overdue),
                ("open", one.running),
                ("na", one.na),
            ],
        )
        for one in terms
    ]


def _legend() -> tuple[tuple[str, str], ...]:
    return (
        ("done", _("done in time")), ("undated", _("done, the day not stated")),
        ("late", _("done late")), ("early", _("done too early")), ("over", _("overdue")),
        ("open", _("open or partly done, not overdue")), ("na", _("not applicable")),
    )  # fmt: skip


def _chart(title: str, bars: list[tuple[str, str, list[Part]]]) -> str:
    """Return bars of equal length, each divided into what it is made of."""
    lines = []
    for label, number, parts in bars:
        whole = sum(n for _kind, n in parts)
        drawn, x = "", 0.0
        for kind, n in parts:
            if n:
                share = 100 * n / whole
                drawn += (
                    f'<rect class="{kind}" x="{x:.2f}" y="0" width="{share:.2f}" height="10"><title>{n}</title></rect>'
                )
                x += share
        told = ", ".join(f"{n}" for _kind, n in parts)
        lines.append(
            f"<span>{_text(label)}</span>"
            f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{told}">{drawn}</svg>'
            f'<b class="n">{_text(number)}</b>'
        )
    drawn_kinds = {kind for _label, _number, parts in bars for kind, _n in parts}
    legend = _keys(tuple(one for one in _legend() if one[0] in drawn_kinds))
    return f'<section><h2>{_text(title)}</h2>{legend}<div class="bars">{"".join(lines)}</div></section>'


def _keys(legend: tuple[tuple[str, str], ...]) -> str:
    keys = "".join(f'<span><i class="{kind}"></i>{_text(words)}</span>' for kind, words in legend)
    return f'<div class="legend">{keys}</div>'


def _burn_up(burnt: "BurnUp") -> str:
    """Return what is due so far and what is done so far as two lines over the months."""
    months, top = burnt.months, max(burnt.rows, 1)

    def points(values: list[int | None]) -> str:
        known = [(place, value) for place, value in enumerate(values) if value is not None]
        return " ".join(f"{place + 0.5:.1f},{100 - 100 * value / top:.2f}" for place, value in known)

    drawn = (
        f'<polyline class="due" points="{points([one.due_so_far for one in months])}"/>'
        f'<polyline class="did" points="{points([one.done_so_far for one in months])}"/>'
    )
    names = "".join(f"<span>{_text(one.month[5:].lstrip('0'))}</span>" for one in months)
    legend = _keys((("due", _("due so far")), ("done", _("done so far"))))
    notes = burn_up_notes(burnt)
    return (
        f"<section><h2>{_text(_('Month by month'))}</h2>{legend}"
        f'<div class="burn"><div class="y"><span>{burnt.rows}</span><span>{burnt.rows // 2}</span><span>0</span></div>'
        f'<svg viewBox="0 0 {len(months)} 100" preserveAspectRatio="none" role="img">{drawn}</svg>'
        f'<div class="x">{names}</div></div><p>{_text(_("; ").join(notes))}</p></section>'
    )


# --- tables -----------------------------------------------------------------------------------


def _table(sheet: Sheet) -> str:
    head = "".join(f'<th class="{_class(column)}">{_text(column.head)}</th>' for column in sheet.columns)
    lines = []
    for line, values in enumerate(sheet.rows, start=1):
        total = ' class="total"' if sheet.total and line == sheet.lines else ""
        cells = "".join(_cell(value, column) for value, column in zip(values, sheet.columns, strict=True))
        lines.append(f"<tr{total}>{cells}</tr>")
    note = "".join(f"<p>{_text(text)}</p>" for text in sheet.note.splitlines())
    return (
        f'<h2>{_text(sheet.title)}</h2><div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>{note}"
    )


def _class(column: SheetColumn) -> str:
    if column.kind == TEXT:
        return "w" if column.width > 20 else ""
    return "" if column.kind == DAY else "n"


def _cell(value: Value, column: SheetColumn) -> str:
    text = value_text(value, column.kind)
    plain = text.lstrip(INDENT)
    level = f" l{min(len(text) - len(plain), 2)}" if plain != text else ""
    return f'<td class="{_class(column)}{level}">{escape(plain, quote=True)}</td>'


def _footer(result: "Summary", overview: Sheet) -> str:
    notes = "".join(f"<p>{_text(line)}</p>" for line in overview.note.splitlines())
    register = _("Register {id}, head of the chain: entry {seq}").format(id=result.register_id, seq=result.head.seq)
    return f"<footer>{notes}<p>{_text(register)}</p><p><code>{_text(result.head.hash)}</code></p></footer>"
