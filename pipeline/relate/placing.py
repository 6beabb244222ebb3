"""The country of an office that its own words do not say: of those beside it, of its sentence, of the document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.fields import replace
from pipeline.records import Annotated, Mention, Official
from pipeline.relate import bodies, counterparts, homes, office_countries, offices, scenes
from pipeline.relate.clauses import Sentence, country, offset, sentences, subjects

#: behind the rule of an office whose name alone says the country
_NATIONAL = "+office"
#: the same where the place that the sentence opens with says it, or the document
_SCENE, _DOCUMENT = "+place", "+document"


class Context(NamedTuple):
    """What a document says of countries: those named, the one that it is about, the embassy it is of, scenes."""

    named: homes.Evidence
    home: str | None
    embassy: str | None
    scenes: dict[int, scenes.Scene]
    sentences: list[Sentence]


def context_of(annotated: Annotated) -> Context:
    """The context of a document."""
    embassy = homes.embassy(annotated)
    home = embassy or homes.home_of(annotated)
    return Context(homes.countries(annotated), home, embassy, scenes.scenes(annotated), sentences(annotated))


def placed(row: Official, sentence: Sentence, role: Mention, rows: list[Official], context: Context) -> Official:
    """A row with the country that the words around it say: of the owner of « son », of those beside it, of its name."""
    if row.country or row.organisation or row.sphere == counterparts.COUNTERPART:
        return row
    last, owned = rows[-1] if rows else None, bodies.is_possessed(sentence, role)
    if owned and (owner := _owner_before(sentence, role, context)):
        return replace(row, country=owner)
    if last is not None and (owned or _beside(last, row, sentence)):
        return replace(row, country=last.country)
    if context.home and role.value.category == bodies.POSTED and _is_sent(sentence, role, context):
        return replace(row, country=context.home, rule=f"{row.rule}{_DOCUMENT}")
    found = office_countries.national(role, context.home, context.named)
    return replace(row, country=found, rule=f"{row.rule}{_NATIONAL}") if found else row


def _owner_before(sentence: Sentence, role: Mention, context: Context) -> str | None:
    """The subject of the sentence before, where « son » opens one: « L'Inde n'a pas réagi. Son ambassadeur … »."""
    if sentence.before(offset(role)).split()[1:]:
        return None
    at = bisect_left(context.sentences, sentence.start, key=lambda s: s.start)
    codes = {party.country for party in subjects(context.sentences[at - 1])} if at else set()
    return codes.pop() if len(codes) == 1 else None


def _is_sent(sentence: Sentence, role: Mention, context: Context) -> bool:
    """Whether a diplomat is one of the document's country: an embassy's own, or one whose post is in another."""
    post = bodies.posted(sentence, role)
    if post is None:
        return context.embassy is not None
    return country(post) not in (None, context.home)


def _beside(last: Official, row: Official, sentence: Sentence) -> bool:
    """Whether two offices of one state are coordinated; two ministers of one office are of two countries."""
    if last.sentence != row.sentence or last.role == row.role:
        return False
    between = last.end_char or 0, row.start_char or 0
    of_state = {last.sphere, row.sphere} <= offices.STATE and offices.coordinated(sentence, *between)
    return of_state or (row.sphere in offices.DOMESTIC and scenes.goes_along(sentence, *between))


def settled(rows: list[Official], context: Context) -> list[Official]:
    """The rows with the countries that a person's other rows, the scene or the document say."""
    home = next((row.country for row in rows if (row.rule or "").endswith(_NATIONAL)), context.home)
    partner = homes.partner(context.named, home)
    found = [_with_country(row, rows, home, context.scenes.get(row.sentence or 0)) for row in rows]
    return [_of_partner(row, partner) for row in found] if partner else found


def _with_country(row: Official, rows: Iterable[Official], home: str | None, scene: scenes.Scene | None) -> Official:
    if row.country:
        return row
    others = {r.country for r in rows if r.person == row.person and r.country}
    if len(others) == 1 and (row.organisation is None or row.sphere in offices.DOMESTIC):
        return replace(row, country=others.pop())
    if row.sphere not in offices.DOMESTIC:
        return row
    if scene and not scene.visited:
        return replace(row, country=scene.country, rule=f"{row.rule}{_SCENE}")
    if home is None or (scene and scene.country == home):
        return row
    return replace(row, country=home, rule=f"{row.rule}{_DOCUMENT}")


def _of_partner(row: Official, partner: str) -> Official:
    """« Son homologue X », of the other country in a document that is about two."""
    if row.country or row.sphere != counterparts.COUNTERPART:
        return row
    return replace(row, country=partner, rule=f"{row.rule}{_DOCUMENT}")
