"""What a counted phrase says by itself: « plus de 80 conventions bilatérales en matière civile »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import fold, mapping, pattern
from pipeline.normalise.numbers import Number, find_numbers


@dataclass(frozen=True, slots=True)
class Count:
    """The value of a counted phrase; what the phrase does not say is None."""

    count: int  #: how many, of the rule `multiple` how many times the count before
    qualifier: str  #: exact, min, max or approx
    upper: int | None = None  #: the upper end where the number is a range
    instrument: str | None = None  #: head noun, singular
    scope: str | None = None  #: bilateral, multilateral or regional
    subject: str | None = None  #: what the instruments are about, without preposition and article
    organisation: str | None = None  #: the international organisation whose instruments they are
    rule: str = ""  #: rule of rules/counts.toml
    parts: int = 1  #: of a share of another count, into how many parts that is cut; `count` of them are meant


def normalise_count(text: str) -> Count | None:
    """The value of `text`, a phrase that greffier_counts found; None where it holds no count."""
    view = fold(text)
    times = pattern("counts", "multiple").search(f"a {view}")
    if times:
        return Count(int(mapping("multiples")[times["multiple"]]), "exact", rule="multiple")
    share = mapping("shares").get(" ".join(view.split()))
    if share:
        some, _, parts = share.partition("/")
        return Count(int(some), "exact", rule="share", parts=int(parts))
    sole = pattern("counts", "sole").match(view)
    if sole:
        return _count(text, sole, Number(0, 0, 0, 1, "exact", None, "sole"))
    for number in find_numbers(view):
        counted = pattern("counts", "counted").match(view, number.end)
        if counted:
            return _count(text, counted, number._replace(rule="counted"))
        anaphor = pattern("counts", "anaphor").match(view, number.end)
        if anaphor or number.end == len(view):  # « 12 », of what « ont été ratifiés » follows
            scope = mapping("scopes").get(anaphor["scope"] or "") if anaphor else None
            topic = text[slice(*anaphor.span("topic"))] if anaphor and anaphor["topic"] else None
            return Count(number.value, number.qualifier, number.upper, scope=scope, subject=topic, rule="anaphor")
    return None


def _count(text: str, match: re.Match[str], number: Number) -> Count:
    organisation = _organisation(match)
    late = mapping("late_qualifiers").get(" ".join((match["late"] or "").split()))
    return Count(
        number.value,
        late or number.qualifier,
        number.upper,
        instrument=_instrument(match),
        scope=_scope(match) or ("multilateral" if organisation else None),
        subject=_subject(text, match),
        organisation=organisation,
        rule=number.rule,
    )


def _instrument(match: re.Match[str]) -> str:
    form = " ".join((match["instrument"] or match["lone"]).split())
    return mapping("instruments_plural").get(form) or mapping("instruments")[form]


def _scope(match: re.Match[str]) -> str | None:
    """The first adjective of scope among those of the instrument itself."""
    words = re.findall(r"[\w-]+", f"{match['adjectives']} {match['more']} {match['of'] or ''}")
    return next((mapping("scopes")[w] for w in words if w in mapping("scopes")), None)


@cache
def _organisations() -> re.Pattern[str]:
    forms = sorted(mapping("multilateral_organisations"), key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(form) for form in forms) + r")(?!\w)")


def _organisation(match: re.Match[str]) -> str | None:
    found = _organisations().search(" ".join((match["of"] or "").split()))
    return mapping("multilateral_organisations")[found[0]] if found else None


def _subject(text: str, match: re.Match[str]) -> str | None:
    """What follows `sur`, `en matière de` …, else what follows `de`, else an adjective such as « fiscales »."""
    if match["about"]:
        return _about(text, match)
    return _of(text, match) or _topic(text, match)


def _about(text: str, match: re.Match[str]) -> str:
    """The complement without preposition and article; « en matière civile » keeps its noun."""
    start, end = match.span("about")
    lead = pattern("subjects", "lead").match(match.string, start, end)
    if lead and lead.end() > start:
        return text[lead.end() : end]
    return (
        text[match.start("opener") : end].split(maxsplit=1)[1] if match["opener"].startswith("en ") else text[start:end]
    )


def _of(text: str, match: re.Match[str]) -> str | None:
    """The complement after `de`, unless it is a name (« de l'OIT », « de Genève ») or says nothing (« de base »)."""
    if not match["of"]:
        return None
    lead = pattern("subjects", "lead").match(match.string, *match.span("of"))
    start = lead.end() if lead else match.start("of")
    view = match.string[start : match.end("of")]
    if text[start].isupper() or any(re.match(rf"{re.escape(form)}(?!\w)", view) for form in mapping("empty_subjects")):
        return None
    tail = pattern("subjects", "agreement").fullmatch(view)
    return text[start : start + len(tail["noun"])] if tail else text[start : match.end("of")]


def _topic(text: str, match: re.Match[str]) -> str | None:
    start = match.start("adjectives")
    words = re.finditer(r"[\w-]+", match["adjectives"])
    return next((text[start + w.start() : start + w.end()] for w in words if w[0] in mapping("topic_adjectives")), None)


def evaluate_subjects(text: str) -> list[tuple[str, str]]:
    """(rule, subject) of the first count in `text`, for `greffier lexicon check`."""
    match = next(
        (m for n in find_numbers(fold(text)) if (m := pattern("counts", "counted").match(fold(text), n.end))), None
    )
    subject = _subject(text, match) if match else None
    if not match or not subject:
        return []
    trimmed = match["of"] and not match["about"] and not match["of"].endswith(fold(subject))
    return [("lead", subject), *([("agreement", subject)] if trimmed else [])]
