"""The deadline calculator."""

from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.errors import MissingParameter
from lawcheck.render.language import _


def deadline(
    rule: Annotated[
        str | None, typer.Argument(metavar="RULE", help=_("A term: '7 wd', '30 d', '24 h', '3 m'; or a clock."))
    ] = None,
    when: Annotated[
        str | None, typer.Argument(metavar="DATE", help=_("The day of the event, which does not count."))
    ] = None,
    time: Annotated[str | None, typer.Argument(metavar="[HH:MM]", help=_("Its time, for hours."))] = None,
    before: Annotated[
        bool, typer.Option("--before", help=_("The last day that lies so long before the event."))
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help=_("List the clocks with their terms today."))] = False,
) -> None:
    """Reckon a deadline and say why.

    wd are working days, d days, h hours, m months; 7个工作日, 十五日内, 24小时, 3个月, 不少于7个工作日 (lasts) and
    至少7个工作日前 (before) do as well. '15 d, rolls' ends on the next working day where its last day is a day off;
    'lasts at least 7 wd' gives the first day on which the end is lawful. The name of a clock, as --list has them, takes
    the rule of law in force on the day.
    """
    if list_:
        from lawcheck.service.clocks import list_clocks

        app.show(list_clocks(app.today))
        return
    if rule is None or when is None:
        raise MissingParameter(name="RULE" if rule is None else "DATE")
    from lawcheck.service.deadlines import reckon_once

    moment = when if time is None else f"{when} {time}"
    app.show(reckon_once(app.register_or_none(), rule, moment, before=before))
