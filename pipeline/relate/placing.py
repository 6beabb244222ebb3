"""The country of an office that its own words do not say: of those beside it, of its sentence, of the document."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from pipeline.fields import replace
from pipeline.records import Annotated, Mention, Official
from pipeline.relate import bodies, counterparts, homes, office_countries, offices, scenes
from pipeline.relate.clauses import Sentence, country, offset, sentences, subjects

#: behind the rule of an office whose name alone says the country
_NATIONAL = "+office"
#: the same where the place that the sentence opens with says it, or the document
_SCENE, _DOCUMENT = "+place", "+document"


class Context:
    """What a document says of countries, each part found when it is first asked for: most offices say their own."""

    def __init__(self, annotated: Annotated) -> None:
        self._annotated = annotated
        self.sentences = sentences(annotated)

    @cached_property
    def named(self) -> homes.Evidence:
        """How often each country is named."""
        return homes.countries(self._annotated)

    @cached_property
    def embassy(self) -> str | None:
        """The country whose embassy the document is of."""
        return homes.embassy(self._annotated)

    @cached_property
    def home(self) -> str | None:
        """The country that the document is about."""
        return self.embassy or homes.home_of(self._annotated)

    @cached_property
    def scenes(self) -> dict[int, scenes.Scene]:
        """{number of a sentence: where it is set}."""
        return scenes.scenes(self._annotated)


def placed(row: Official, sentence: Sentence, role: Mention, rows: list[Official], context: Context) -> Official:
    """A row with the country that the words around it say: of the owner of « son », of those beside it, of its name."""
    if row.country or row.organisation or row.sphere == counterparts.COUNTERPART:
        return row
    last, owned = rows[-1] if rows else None, bodies.is_possessed(sentence, role)
    if owned and (owner := _owner_before(sentence, role, context)):
        return replace(row, country=owner)
    if last is not None and (owned or _beside(last, row, sentence)):
        return replace(row, country=last.country or _told_before(last, rows))
    if role.value.category == bodies.POSTED and (sender := _sender(sentence, role, context)):
        return replace(row, country=sender, rule=f"{row.rule}{_DOCUMENT}")
    if not office_countries.is_national(role):
        return row
    found = office_countries.national(role, context.home, context.named)
    return replace(row, country=found, rule=f"{row.rule}{_NATIONAL}") if found else row


def _owner_before(sentence: Sentence, role: Mention, context: Context) -> str | None:
    """The subject of the sentence before, where « son » opens one: « L'Inde n'a pas réagi. Son ambassadeur … »."""
    if sentence.before(offset(role)).split()[1:]:
        return None
    at = bisect_left(context.sentences, sentence.start, key=lambda s: s.start)
    codes = {party.country for party in subjects(context.sentences[at - 1])} if at else set()
    return codes.pop() if len(codes) == 1 else None


def _told_before(last: Official, rows: list[Official]) -> str | None:
    """The country of the office that an earlier row has of the same person."""
    return next((row.country for row in rows if row.person == last.person and row.country), None)


def _sender(sentence: Sentence, role: Mention, context: Context) -> str | None:
    """The country of a diplomat: of an embassy's own, the document's, if the post is in another, or its partner's."""
    post = bodies.posted(sentence, role)
    if post is None:
        return context.embassy
    there = country(post)
    if there is None or context.home is None:
        return None
    return context.home if there != context.home else homes.partner(context.named, there)


def _beside(last: Official, row: Official, sentence: Sentence) -> bool:
    """Whether two offices of one state are coordinated; two ministers of one office are of two countries."""
    if last.sentence != row.sentence or last.role == row.role:
        return False
    between = last.end_char or 0, row.start_char or 0
    of_state = {last.sphere, row.sphere} <= offices.STATE and offices.coordinated(sentence, *between)
    return of_state or (row.sphere in offices.DOMESTIC and scenes.goes_along(sentence, *between))


def settled(rows: list[Official], context: Context) -> list[Official]:
    """The rows with the countries that a person's other rows, the scene or the document say."""
    if all(row.country for row in rows):
        return rows
    home = next((row.country for row in rows if (row.rule or "").endswith(_NATIONAL)), None) or context.home
    others: dict[str | None, set[str]] = defaultdict(set)
    for row in rows:
        if row.country:
            others[row.person].add(row.country)
    found = [row if row.country else _with_country(row, others.get(row.person, ()), home, context) for row in rows]
    if not any(map(_is_partners, found)):
        return found
    partner = homes.partner(context.named, home)
    return [_of_partner(row, partner) for row in found] if partner else found


def _with_country(row: Official, others: Collection[str], home: str | None, context: Context) -> Official:
    """A row with a country; `others` are those of the person's other rows."""
    if len(others) == 1 and (row.organisation is None or row.sphere in offices.DOMESTIC):
        return replace(row, country=next(iter(others)))
    if row.sphere not in offices.DOMESTIC:
        return row
    scene = context.scenes.get(row.sentence or 0)
    here = scene.country if scene and not scene.visited else _spoken_of(row, context)
    if here:
        return replace(row, country=here, rule=f"{row.rule}{_SCENE}")
    if home is None or (scene and scene.country == home):
        return row
    return replace(row, country=home, rule=f"{row.rule}{_DOCUMENT}")


def _spoken_of(row: Official, context: Context) -> str | None:
    """The country that the sentence is about in which somebody speaks of it."""
    return scenes.spoken_of(context.sentences[(row.sentence or 1) - 1], row.start_char or 0)


def _is_partners(row: Official) -> bool:
    """Whether an office is of the other country in a document that is about two: « son homologue X »."""
    return not row.country and row.sphere == counterparts.COUNTERPART


def _of_partner(row: Official, partner: str) -> Official:
    return replace(row, country=partner, rule=f"{row.rule}{_DOCUMENT}") if _is_partners(row) else row
