"""Of what country an office is that does not say it: where its sentence is set, for whom or with whom its holder is."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.lexicon import fold, mapping, pattern
from pipeline.records import Annotated, Mention
from pipeline.relate.bodies import nations
from pipeline.relate.clauses import Sentence, behind, country, is_state, offset, sentences


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
        begins_line = "\n" in sentence.view[max(0, sentence.start - 1) : sentence.start]
        scene = _scene(sentence) or (None if begins_line else scene)
        if scene:
            found[sentence.number] = scene
        scene = None if scene is None or scene.visited or "\n" in sentence.words else scene
    return found


def _scene(sentence: Sentence) -> Scene | None:
    place = _opening(sentence)
    code = country(place) if place else None
    if place is None or code is None or _is_host(place):
        return None
    return Scene(code, code in _told(sentence, behind(place)))


def _opening(sentence: Sentence) -> Mention | None:
    """The place that a sentence opens with, a comma behind it."""
    place = next((m for m in sentence.mentions if m.label == "LOC"), None)
    if place is None or not _matches("scene", sentence.view[sentence.start : offset(place)]):
        return None
    return place if _matches("scene-ends", sentence.behind(behind(place))) else None


def _is_host(place: Mention) -> bool:
    return fold(getattr(place.value, "name", None) or "") in mapping("host_cities")


def _told(sentence: Sentence, start: int) -> set[str | None]:
    """The countries that offices behind an offset are said to be of."""
    roles = (m for m in sentence.mentions if m.label == "ROLE" and offset(m) >= start)
    return {country(nation) for role in roles for nation in nations(sentence, role)}


def side_of(sentence: Sentence, start: int) -> str | None:
    """The country last named as a side before an offset: « pour la partie angolaise, par | X », « pour le Bénin : »."""
    sides = [m for m in sentence.mentions if behind(m) <= start and country(m) and _is_side(sentence, m)]
    return country(sides[-1]) if sides else None


def _is_side(sentence: Sentence, mention: Mention) -> bool:
    before, after = sentence.before(offset(mention)), sentence.behind(behind(mention))
    if mention.label == "DEMONYM":
        return _matches("side", before)
    return is_state(mention) and _matches("signatory", before) and _matches("signatory-ends", after)


def goes_along(sentence: Sentence, end: int, start: int) -> bool:
    """Whether the office that begins at `start` is that of a companion: « X, accompagné de la | ministre Y »."""
    return end <= start and _matches("companion", sentence.view[end:start])


def _matches(rule: str, words: str) -> bool:
    return pattern("scenes", rule).search(words) is not None
