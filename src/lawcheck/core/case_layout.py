"""A kind of case as an opened case keeps it: facts, milestones and items, each with its clock and law."""

from lawcheck.core.clock import Clocks, frozen_bases, frozen_clock, frozen_window
from lawcheck.core.frozen import Document, frozen_text
from lawcheck.core.law import Registry
from lawcheck.core.layout import asks_for_review, frozen_practice
from lawcheck.core.template import CaseItem, CaseTemplate, Milestone


def frozen_case(template: CaseTemplate, clocks: Clocks, registry: Registry) -> Document:
    """Return a kind of case with all that its deadlines need, so that no template is read again.

    An item has its clock, or law of its own with the days `from` and `to` on which that law is in force.
    """
    used = [clocks.clocks[item.clock] for item in template.items if item.clock]
    pauses = sorted({reason for clock in used for rule in clock.rules for reason in rule.pauses})
    choices = sorted({clock.transition.choice for clock in used if clock.transition})
    return {
        "format": 1,
        "case": template.code,
        "title": frozen_text(template.title),
        "about": frozen_text(template.about),
        "opens": template.opens,
        "closes": template.closes,
        "facts": [{"name": fact.name, "title": frozen_text(fact.title)} for fact in template.facts],
        "milestones": [_frozen_milestone(one) for one in template.milestones],
        "items": [_frozen_item(item, clocks, registry) for item in template.items],
        "pauses": {reason: frozen_text(clocks.pauses[reason]) for reason in pauses},
        "choices": {
            name: {
                "title": frozen_text(clocks.choices[name].title),
                "answers": [
                    {"answer": answer, "title": frozen_text(title)}
                    for answer, title in clocks.choices[name].answers.items()
                ],
            }
            for name in choices
        },
    }


def _frozen_milestone(milestone: Milestone) -> Document:
    return {
        "name": milestone.name,
        "title": frozen_text(milestone.title),
        "after": list(milestone.after),
        "not_before": list(milestone.not_before),
        "expects": [
            {"milestones": list(one.milestones), "when": list(one.when), "unless": list(one.unless)}
            for one in milestone.expects
        ],
        "planned": milestone.planned,
        "timed": milestone.timed,
        "derived": [{"milestone": one.milestone, "rule": one.rule} for one in milestone.derived],
    }


def _frozen_item(item: CaseItem, clocks: Clocks, registry: Registry) -> Document:
    return {
        "code": item.code,
        "title": frozen_text(item.title),
        "standard": frozen_text(item.standard),
        "evidence": frozen_text(item.evidence),
        "duty": item.duty,
        "when": list(item.when),
        "unless": list(item.unless),
        "clock": frozen_clock(clocks.clocks[item.clock], registry) if item.clock else None,
        "starts": item.starts,
        "ends": item.ends,
        "weight": item.weight,
        **frozen_window(item.basis, registry),
        "basis": frozen_bases(item.basis, registry),
        "practice": frozen_practice(item.practice, registry) if item.practice else None,
        "note": frozen_text(item.note) if item.note else None,
        **asks_for_review(review=item.review),
    }
