"""The component `greffier_roles`: offices and ranks, with all that belongs to them (« ex-ministre de la Paix »)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import Term, Terms, alternatives, fold, linkers, mapping, rows
from pipeline.lexicon.gazetteer import places
from pipeline.lexicon.inflections import inflections
from pipeline.recognise.companies import Companies
from pipeline.recognise.complements import TOWN, Complements, modifiers, skip_spaces
from pipeline.recognise.stretches import Stretch, stretch, stretches, write
from pipeline.recognise.text import words_of

Entry = dict[str, str]
#: natures of offices that another office may serve: « conseiller du président »
_HELD = frozenset({"office", "rank", "title"})
_CLAUSE = 90  #: so far before the noun of an office's seat stands the verb that brings somebody there
_OF_TOWNS = frozenset({"local", "parliament", "religion"})  #: categories of offices that any town may have
_REACH = 30  #: so far before an office is looked for what it names, in characters
#: a quotation mark with an article, and a title of a few words up to the mark that closes it
_OPENED = re.compile(r"[«“\"][ \u00a0]?(?:L[ea] |L['’])?\Z")
_TITLE = re.compile(r"[^«»“”\"!?;]{3,45}[ \u00a0]?[»”\"]")
_NAME_BEHIND = re.compile(r"[ \n][A-ZÀ-ÝĐ]")
_HYPHEN = re.compile(r"-[A-ZÀ-ÝĐ]")
_QUOTED = re.compile(r"[»”\"][ \u00a0]?,?[ \n]\Z|,[ \n]\Z")  #: what a verb of saying stands behind
_BEGINS = re.compile(r"(?:\A|[.!?:;«\"\n–—-])[ \n]*\Z")


class Roles:
    """Writes `doc.spans["roles"]`: label ROLE, `id_` the office's `role_id` of words/roles.csv.

    A span runs from the first modifier before the office to the end of its complement; demonyms inside it belong to it,
    organisations and countries do not. Uses the span groups `places` and `organisations` where they are there.
    """

    def __init__(self) -> None:
        self.heads = _terms((form, entry) for entry in rows("roles") for form in inflections(entry))
        self.verbs = _terms((entry["form"], _implied(entry)) for entry in rows("office_verbs"))
        self.nouns = _terms((entry["form"], _implied(entry)) for entry in rows("office_nouns"))
        self.comes = _comes()
        nouns, genitives = alternatives(mapping("namesake_nouns")), alternatives(mapping("genitives"))
        self.namesakes = re.compile(rf"(?<!\w)(?:{nouns})[ \n]+(?:(?:{genitives})[ \n]*)?\Z")
        self.relative = re.compile(rf"(?<!\w)(?:{alternatives(mapping('relatives'))})[ \n]+(?:\w+[ \n]+)?\Z")
        before = list(map(fold, modifiers("before")))
        self.before = re.compile(f"(?:{alternatives(before)})(?:(?<=-)|[ \n]+)")
        self.before_last = tuple({form.split()[-1] for form in before})  #: the last words of these
        self.after = re.compile(rf"(?:{alternatives(map(fold, modifiers('after')))})(?!\w)")
        self.last = re.compile(rf"(?:{alternatives(map(fold, modifiers('after', 'acting')))})(?!\w)")
        self.join = re.compile(rf"(?:,|[ \n](?:{alternatives(mapping('conjunctions'))}))[ \n]")
        self.verb_like = frozenset(mapping("verb_offices"))
        self.saying = frozenset(mapping("saying_cues"))
        determiner = alternatives(mapping("determiners"))
        direct = alternatives(mapping("determiners").keys() - mapping("genitives").keys())
        self.object = re.compile(rf"[ \n](?:{direct})(?:(?<=')|[ \n])")
        self.subject = re.compile(rf"(?<!\w)(?:{determiner})(?:(?<=')|[ \n])(?:\w+[ \n])?\Z")
        self.complements = Complements()
        self.companies = Companies()

    def __call__(self, doc: Doc) -> Doc:
        """Find the offices of `doc` and give it back."""
        words = words_of(doc)
        text, view = words.text, words.view
        places, bodies = stretches(doc, "places"), stretches(doc, "organisations")
        blocks, inside = _blocks(places, bodies), _inside(bodies)
        offices = self._offices(view, [*places, *bodies])
        heads = [h for h in offices if h.start not in inside and not self._is_other(text, view, h)]
        heads += [v for v in self.verbs.find(view) if self.relative.search(view, max(0, v.start - _REACH), v.start)]
        heads += [n for n in self.nouns.find(view) if self.comes.search(view, max(0, n.start - _CLAUSE), n.start)]
        heads.sort(key=lambda h: h.start)
        starts = [self._start(view, h.start) for h in heads]
        blocks.update({start: (h.end, "office") for start, h in zip(starts, heads, strict=True) if _held(view, h)})
        found: list[Stretch] = []
        for at, head in zip(starts, heads, strict=True):
            start, end = words.around(at, self._end(text, view, head, blocks))
            if not found or start >= found[-1].end:
                found.append(stretch(doc, start, end, "ROLE", head.value["role_id"]))
        write(doc, "roles", found)
        return self.companies(doc, blocks.keys())

    def _offices(self, view: str, names: Iterable[Stretch]) -> Iterator[Term[Entry]]:
        """The longest offices that run into no organisation or place: « conseiller | à la | cour d'appel de Riom »."""
        spans = sorted((span.start_char, span.end_char) for span in names)
        for head in self.heads.find(view):
            last = bisect_left(spans, (head.end,)) - 1
            start, end = spans[last] if last >= 0 else (0, 0)
            if head.start < start and head.end < end:
                shorter = self.heads.find(view[head.start : start])
                yield from (Term(head.start, head.start + s.end, s.value) for s in shorter if s.start == 0)
            else:
                yield head

    def _is_other(self, text: str, view: str, head: Term[Entry]) -> bool:
        """Whether the word is no office here: a part of a name, or a verb (« X, juge la loi tardive »)."""
        if self._named(text, view, head) or _HYPHEN.match(text, head.end) or _is_participle(text, view, head):
            return True
        if view[head.start : head.end] not in self.verb_like:
            return False
        if self._says(text, view, head):
            return True
        return (
            self.object.match(view, head.end) is not None
            and self.subject.search(view, max(0, head.start - _REACH), head.start) is None
        )

    def _says(self, text: str, view: str, head: Term[Entry]) -> bool:
        """Whether a verb behind what is quoted or thought is spelled like an office: « "…", juge X, analyste »."""
        says = view[head.start : head.end] in self.saying and text[head.start].islower()
        behind = says and (_NAME_BEHIND.match(text, head.end) or self.object.match(view, head.end))
        return bool(behind and _QUOTED.search(view, max(0, head.start - 4), head.start))

    def _named(self, text: str, view: str, head: Term[Entry]) -> bool:
        """Whether an office is part of the name of something: a street, a ship, a work, a person."""
        if _work(text, head):
            return True
        if not text[head.start].isupper():
            return False
        before = view[max(0, head.start - _REACH) : head.start]
        return _title(text, head) or self.namesakes.search(before) is not None

    def _start(self, view: str, at: int) -> int:
        """The offset of the first modifier before an office."""
        while True:
            window = view[max(0, at - 30) : at]
            if not window.rstrip(" \n").endswith(self.before_last):
                return at
            hits = [m.start() for m in self.before.finditer(window) if m.end() == len(window)]
            starts = [h for h in hits if h == 0 or not window[h - 1].isalnum()]
            if not starts:
                return at
            at -= len(window) - starts[0]

    def _end(self, text: str, view: str, head: Term[Entry], blocks: dict[int, tuple[int, str]]) -> int:
        end = self._modifiers(view, head.end, blocks)
        if head.value["takes"] == "none":
            return end
        local = head.value["takes"] == "place" and head.value["category"] in _OF_TOWNS
        end = self.complements.end(text, view, end, blocks.get, TOWN if local else head.value["takes"])
        last = self.last.match(view, skip_spaces(view, end)) if head.value["takes"] != "organisation" else None
        return last.end() if last else end

    def _modifiers(self, view: str, end: int, blocks: dict[int, tuple[int, str]]) -> int:
        """The offset behind adjectives of rank (« adjoint ») and of nation (« malien »)."""
        while True:
            at = skip_spaces(view, end)
            word = self.after.match(view, at)
            block = blocks.get(at)
            if word:
                end = word.end()
            elif block and block[1] == "demonym":
                end = self._nations(view, block[0], blocks)
            else:
                return end

    def _nations(self, view: str, end: int, blocks: dict[int, tuple[int, str]]) -> int:
        """The offset behind the nationalities that follow one: « ministres belge | , néerlandais et suisse | »."""
        while join := self.join.match(view, end):
            block = blocks.get(join.end())
            if block is None or block[1] != "demonym":
                return end
            end = block[0]
        return end


def _terms(names: Iterable[tuple[str, Entry]]) -> Terms[Entry]:
    return Terms(names, together=True)


def _is_participle(text: str, view: str, head: Term[Entry]) -> bool:
    """Whether the accent of a participle is written that the office has not: « avait été jugé »."""
    if text[head.end - 1] not in "éÉ":
        return False
    written = view[head.start : head.end]
    return not any(form[-1] == "é" for form in inflections(head.value) if fold(form) == written)


def _work(text: str, head: Term[Entry]) -> bool:
    """Whether an office opens a short quotation, as titles of works do: « Le Colonel Chabert »."""
    opened = _OPENED.search(text, max(0, head.start - 6), head.start)
    return opened is not None and _TITLE.match(text, opened.end()) is not None


def _held(view: str, head: Term[Entry]) -> bool:
    """Whether an office is one that somebody holds, which another may serve: « conseiller du président »."""
    plural = view[head.start : head.end].endswith(("s", "x")) and not fold(head.value["form"]).endswith(("s", "x"))
    return head.value["nature"] in _HELD and not plural


def _title(text: str, head: Term[Entry]) -> bool:
    """Whether a title with a capital is part of a name, as in « Duc Thang » or « Sultan al-Kaabi »."""
    if head.value["nature"] != "title" or text[head.start : head.end].isupper():
        return False
    return (
        _NAME_BEHIND.match(text, head.end) is not None
        and _BEGINS.search(text, max(0, head.start - 4), head.start) is None
    )


def _comes() -> re.Pattern[str]:
    """The words before the noun of an office's seat that bring somebody there: « a élu X à la », « prend la »."""
    made = alternatives([*mapping("appointing_verbs"), *mapping("appointed")])
    towards = linkers("to", note="definite")
    article = alternatives(mapping("name_articles"))
    made_to = rf"(?:{made})(?!\w)[^.;:!?]*[ \n](?:{towards})"
    came_to = rf"(?:{alternatives(mapping('coming_verbs'))})[ \n](?:{towards}|{article})"
    return re.compile(rf"(?<!\w)(?:{made_to}|{came_to})(?:(?<=')|[ \n])\Z")


def _implied(entry: Entry) -> Entry:
    """The line of words/roles.csv of the office that a verb or a noun says, with no complement but an organisation."""
    office = next(line for line in rows("roles") if fold(line["form"]) == fold(entry["value"]))
    return {**office, "takes": "none"}


def _inside(organisations: Iterable[Stretch]) -> frozenset[int]:
    """The offsets inside organisations, where a word is no office of its own (« Réseau des juges »)."""
    return frozenset(at for s in organisations for at in range(s.start_char, s.end_char))


def _blocks(located: Iterable[Stretch], bodies: Iterable[Stretch]) -> dict[int, tuple[int, str]]:
    """{start_char: (end_char, what)} of what no complement runs over; countries are told from other places."""
    blocks = {s.start_char: (s.end_char, _kind(s)) for s in located}
    blocks.update({s.start_char: (s.end_char, "organisation") for s in bodies})
    return blocks


def _kind(place: Stretch) -> str:
    if place.label == "DEMONYM":
        return "demonym"
    if place.key.startswith("city:"):
        return "place"
    territory = places().get(place.key, {}).get("kind") == "region"  # of another country: « sénateur de Mayotte »
    return "place" if territory or place.key.startswith("region:") else "country"


@Language.factory("greffier_roles")
def create(nlp: Language, name: str) -> Roles:
    """The component, for `nlp.add_pipe("greffier_roles")`; best behind those of places and organisations."""
    return Roles()
