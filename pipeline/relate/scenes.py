"""Of what country an office is that does not say it: where its sentence is set, for whom or with whom its holder is."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.lexicon import fold, mapping, pattern
from pipeline.records import Annotated, Mention
from pipeline.relate.bodies import nations
from pipeline.relate.clauses import PLACES, Party, Sentence, behind, country, is_state, offset, sentences, together
from pipeline.relate.gaps import word_before


class Scene(NamedTuple):
    """Where a sentence is set: the country, ISO 3166-1 alpha-2, and whether who says none may be a visitor."""

    country: str
    visited: bool


def scenes(annotated: Annotated) -> dict[int, Scene]:
    """{number of a sentence: its scene} of those that open with the place they are set in.

    The sentences behind it in its line go on there. A country is visited where an office is said to be of it, so that
    the others need not be (« À Dakar, le ministre X a vu le président sénégalais »). Towns where many countries confer
    are no scenes.
    """
    found = dict[int, Scene]()
    scene = None
    for sentence in sentences(annotated):
        begins_line = sentence.view[sentence.start - 1 : sentence.start] == "\n"
        scene = _scene(sentence) or (None if begins_line else scene)
        if scene:
            found[sentence.number] = scene
        scene = None if scene is None or scene.visited or "\n" in sentence.words else scene
    return found


def _scene(sentence: Sentence) -> Scene | None:
    place = _opening(sentence, "scene")
    code = country(place) if place else None
    if place is None or code is None or _is_host(place):
        return None
    return Scene(code, code in _told(sentence, behind(place)))


def _opening(sentence: Sentence, rule: str) -> Mention | None:
    """The place that a sentence opens with, as a rule says what stands before it, and `rule`-ends what behind it."""
    if "LOC" not in sentence.labels:
        return None
    place = next(m for m in sentence.mentions if m.label == "LOC")
    if not _matches(rule, sentence.view[sentence.start : offset(place)]):
        return None
    return place if _matches(f"{rule}-ends", sentence.behind(behind(place))) else None


def spoken_of(sentence: Sentence, start: int) -> str | None:
    """The country that a sentence is about, where a holder speaks of it: « Le Mali a signé, a dit | le préfet »."""
    place = _opening(sentence, "subject")
    speaks = place is not None and behind(place) <= start and word_before(sentence, start) in mapping("saying_cues")
    return country(place) if place is not None and speaks else None


def _is_host(place: Mention) -> bool:
    return fold(getattr(place.value, "name", None) or "") in mapping("host_cities")


def _told(sentence: Sentence, start: int) -> set[str | None]:
    """The countries that offices behind an offset are said to be of."""
    roles = (m for m in sentence.mentions if m.label == "ROLE" and offset(m) >= start)
    return {country(nation) for role in roles for nation in nations(sentence, role)}


def side_of(sentence: Sentence, start: int) -> str | None:
    """The country of whom an offset stands for or beside, the last one named before it.

    A side (« pour la partie angolaise, par | X », « pour le Bénin : | X », « le Bénin, représenté par | X »), a
    delegation (« la délégation du Laos, menée par A, comprenait | X »), whom others go with (« le chef chilien,
    qu'accompagnaient | X »), where somebody is met (« à Oslo, où il a vu | X »).
    """
    before = [m for m in sentence.mentions if m.label in PLACES and behind(m) <= start and country(m)]
    sides = (_country_at(sentence, m, start) for m in reversed(before) if _is_side(sentence, m, start))
    return next(sides, None)


def _is_side(sentence: Sentence, mention: Mention, start: int) -> bool:
    before, gap = sentence.before(offset(mention)), sentence.view[behind(mention) : start]
    if _matches("delegation", before) and _matches("members", gap):
        return True
    if mention.label == "DEMONYM":
        named = _matches("fellow", before) and _matches("fellow-named", gap)
        return named or _matches("side", before) or _matches("accompanied", gap) or _matches("through", gap)
    signs = is_state(mention) and _matches("signatory", before) and _matches("signatory-ends", gap)
    each = is_state(mention) and _matches("each", gap) and _represented(sentence, before)
    represented = is_state(mention) and (_matches("represented", gap) or _matches("through", gap))
    return signs or each or represented or _matches("where", gap)


def _represented(sentence: Sentence, before: str) -> bool:
    """Whether a country before this one is said to be represented: « le Tchad l'était par A, et la Libye | par B »."""
    return any(
        _matches("represented", before[behind(m) - sentence.start :])
        for m in sentence.mentions
        if m.label == "LOC" and behind(m) <= sentence.start + len(before)
    )


def _country_at(sentence: Sentence, mention: Mention, start: int) -> str | None:
    """The country of a side; where several are represented, that of the person at `start` as they stand in order."""
    states = [s for s in _coordinated(sentence, mention) if s.country]
    people = [m for m in sentence.mentions if m.label == "PER" and offset(m) >= behind(mention)]
    if len(states) == 1 or not _matches("represented", sentence.view[behind(mention) : start]):
        return country(mention)
    at = next((n for n, person in enumerate(people) if offset(person) == start), None)
    return states[at].country if at is not None and len(states) == len(people) else None


def _coordinated(sentence: Sentence, mention: Mention) -> list[Party]:
    party = next((p for p in sentence.parties if p.start == offset(mention)), None)
    return together(sentence, party) if party else []


def goes_along(sentence: Sentence, end: int, start: int) -> bool:
    """Whether the office that begins at `start` is that of a companion: « X, accompagné de la | ministre Y »."""
    return end <= start and _matches("companion", sentence.view[end:start])


def _matches(rule: str, words: str) -> bool:
    return pattern("scenes", rule).search(words) is not None
