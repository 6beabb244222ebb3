"""Names of persons beside an office: « le ministre X », « X, ministre », « X est nommé juge », « X, qui préside »."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline.lexicon import fold, mapping, rows, sieve, single_words
from pipeline.lexicon.copulas import copula
from pipeline.lexicon.gazetteer import demonyms
from pipeline.lexicon.inflections import inflections
from pipeline.recognise.name_grammar import Found, Known, NameGrammar
from pipeline.recognise.text import words_of

_CLOSES = frozenset(',.;:)(»"”!?…-–—')
_OPENS = frozenset(",(-–—")
_HONOURS = frozenset(("rank", "title"))
THINGS = frozenset(("ORG", "MISC"))  #: labels of the model for what is no person, where it alone could say so
_ACRONYM = 4  #: letters of a word in capitals that is an acronym behind an office
_CHAIN = 4  #: organisations and places between an office and a name
_ASIDE = 10  #: tokens of the longest parenthesis behind a name
_VERB = 8  #: words of the longest verb between a name and an office


class NamesByOffice:
    """Finds the names that stand beside the spans of the group `roles`."""

    def __init__(self, grammar: NameGrammar) -> None:
        self.grammar = grammar
        self.ranks = frozenset(entry["role_id"] for entry in rows("roles") if entry["nature"] in _HONOURS)
        self.plurals = frozenset(word for entry in rows("roles") for word in _plurals(entry))
        self.given = frozenset(mapping("title_given_names"))
        self.linkers = frozenset(" ".join(form.split()) for form in mapping("linkers"))
        self.passed = self.linkers | mapping("name_articles").keys() | {"et"}
        self.appositions = single_words("appositions")
        self.determiners = frozenset(mapping("determiners"))
        self.relatives = frozenset(mapping("relatives"))
        self.verbs = frozenset(mapping("office_verbs"))
        self.said = mapping("saying_cues")
        self.peoples = demonyms().keys()
        self.areas = frozenset(mapping("area_nouns"))
        self.namesakes = frozenset(mapping("namesake_nouns"))

    def find(self, doc: Doc, known: Known) -> Iterator[Found]:
        """The names beside offices; those before a name's own title are no offices and not `known`."""
        for role in doc.spans.get("roles", ()):
            if known.get(role.start) == role:
                yield from self._after(doc, role, known)
                yield from self._before(doc, role, known)

    def is_given_name(self, doc: Doc, role: Span) -> bool:
        """Whether a rank or title of one word is a part of a name: « Nguyen Duc Thang », « , Sultan Al Marri »."""
        if len(role) > 1 or not role.text[0].isupper() or role.text.isupper():
            return False
        led = role.start > 0 and words_of(doc).views[role.start - 1] in self.passed
        if fold(role.text) in self.given and not led and role.end < len(doc) and self.grammar.is_part(doc, role.end):
            return True
        return role.id_ in self.ranks and not led and self.grammar.stands_in_name(doc, role.start)

    def listed(self, doc: Doc, start: int, end: int, known: Known) -> Iterator[tuple[int, int]]:
        """A name, and those coordinated with it: « (les ministres) A, B et (le) malien C »."""
        while end > start:
            yield start, end
            if end >= len(doc) or words_of(doc).texts[end] not in (",", "et"):
                return
            start = self.grammar.skip_titles(doc, _behind_nationality(end + 1, known))
            end = self.grammar.end(doc, start, known)

    def _after(self, doc: Doc, role: Span, known: Known) -> Iterator[Found]:
        """The name, or the names, behind an office."""
        at = self._behind(doc, role.end, known)
        at = at if role.id_ in self.ranks else self._behind_unknown(doc, at, known)
        comma = at < len(doc) and (words_of(doc).texts[at] in _OPENS or doc[at].is_space)
        start = self.grammar.skip_titles(doc, at + comma)
        if start >= len(doc) or not self._may_follow(doc, role, start):
            return
        end = self.grammar.end(doc, start, known)
        proven = _is_closed(doc, end) if comma else end - start > 1 or self._is_surname(doc, start, role)
        if end > start + comma and proven:
            plural = fold(role.text).split()[0] in self.plurals
            names = self.listed(doc, start, end, known) if plural else [(start, end)]
            yield from ((*name, "name-after-role") for name in names)

    def _may_follow(self, doc: Doc, role: Span, start: int) -> bool:
        """Whether a person may begin at token `start`: no « de », but for a rank, no « région » before it."""
        words = words_of(doc)
        if words.texts[start][0].islower() and words.views[start] in self.linkers:
            team = words.views[start] in self.determiners and doc[min(start + 1, len(doc) - 1)].ent_type_ != "PER"
            if team or role.id_ not in self.ranks:  # le capitaine des Bleus X
                return False
        if words.views[start] in self.namesakes and doc[start].ent_type_ != "PER":
            return False
        return not (role.end == start and words.views[start - 1] in self.areas)

    def _is_surname(self, doc: Doc, at: int, role: Span) -> bool:
        """Whether a word directly behind an office can be all of a name: no word of the language, people or acronym.

        Behind a nationality only a person follows, whatever the model says (« le président brésilien Tonico »).
        """
        words, label = words_of(doc), doc[at].ent_type_
        acronym = words.texts[at].isupper() and len(words.texts[at]) <= _ACRONYM and label != "PER"
        work = label == "MISC" and self.peoples.isdisjoint(words.views[role.start + 1 : role.end])
        return not acronym and not work and not self.grammar.is_common(doc, at)

    def _behind(self, doc: Doc, at: int, known: Known) -> int:
        """The token behind the organisations and places that follow an office, known ones and acronyms (« du PS »)."""
        for _ in range(_CHAIN):
            start = self._skip_small(doc, at)
            if start > at and start not in known and self._is_acronym(doc, start):
                at = start + 1
                continue
            if start not in known or (start == at and self._begins_name(doc, start, known)):
                break
            at = known[start].end
        return at

    def _is_acronym(self, doc: Doc, at: int) -> bool:
        """Whether a word in capitals stands before one that is not, as no name but an organisation's does."""
        texts = words_of(doc).texts
        one, two = "".join(texts[at : at + 1]), "".join(texts[at + 1 : at + 2])
        return one.isupper() and 1 < len(one) <= _ACRONYM and (not two[:1].isalpha() or not two.isupper())

    def _behind_unknown(self, doc: Doc, at: int, known: Known) -> int:
        """The comma behind a name that an office is tied to (« le chef de la Ligue, »); else `at`."""
        start = self._skip_small(doc, at)
        end = self.grammar.end(doc, start, known) if start > at else start
        return end if start < end < len(doc) and words_of(doc).texts[end] == "," else at

    def _skip_small(self, doc: Doc, at: int) -> int:
        words = words_of(doc)
        while at < len(doc) and words.texts[at][0].islower() and words.views[at] in self.passed:
            at += 1
        return at

    def _begins_name(self, doc: Doc, at: int, known: Known) -> bool:
        """Whether a place of one word begins a name: « le ministre Salem bin Nasser »."""
        return known[at].label_ in ("LOC", "DEMONYM") and self.grammar.end(doc, at, known) > at + 1

    def _before(self, doc: Doc, role: Span, known: Known) -> Iterator[Found]:
        """The name of two words or more before an office: « X, (également) ministre », « X a été nommé ministre »."""
        end = self._before_copula(doc, role.start)
        if end is None:
            end = self._before_comma(doc, role)
        end = _before_parentheses(doc, end) if end else 0
        start = self.grammar.start(doc, end, known) if end else 0
        if end and end - start > 1 and not self._is_thing(doc, role, start, end):
            yield start, end, "name-before-role"

    def _is_thing(self, doc: Doc, role: Span, start: int, end: int) -> bool:
        """Whether the model must be believed: before « qui préside »; in « selon X, le ministre part »."""
        source = start > 0 and self.said.get(words_of(doc).views[start - 1]) == "source"
        return (source or words_of(doc).views[role.start] in self.verbs) and doc[end - 1].ent_type_ in THINGS

    def _before_comma(self, doc: Doc, role: Span) -> int | None:
        """The token of the comma before an office in apposition, or before « qui » and a verb that says an office."""
        words = words_of(doc)
        small = self.appositions | (self.relatives if words.views[role.start] in self.verbs else frozenset())
        end = role.start
        while end > 0 and (words.views[end - 1] in small or words.texts[end - 1].isdigit()):
            end -= 1
        return end - 1 if end and words.texts[end - 1] in _OPENS else None

    def _before_copula(self, doc: Doc, at: int) -> int | None:
        """The token at which the verb begins that ties a name to the office at token `at`; None where none does."""
        views = words_of(doc).views
        if not sieve("copulas").passing(" ".join(views[max(0, at - _VERB) : at])):
            return None
        starts = range(at - 1, max(-1, at - 1 - _VERB), -1)
        tied = [start for start in starts if copula(" ".join(views[start:at]))]
        return min(tied, default=None)


def _behind_nationality(at: int, known: Known) -> int:
    """The token behind the nationality at token `at` of the next of several: « et saoudien Faisal al-Otaibi »."""
    return known[at].end if at in known and known[at].label_ == "DEMONYM" and known[at].text.islower() else at


def _plurals(entry: dict[str, str]) -> Iterator[str]:
    """The folded first words of an office's plurals that no singular has."""
    many = inflections({cell: entry[cell] for cell in ("plural", "feminine_plural")})
    one = inflections({cell: entry[cell] for cell in ("form", "feminine")})
    yield from {fold(form.split()[0]) for form in many} - {fold(form.split()[0]) for form in one}


def _before_parentheses(doc: Doc, end: int) -> int:
    """The token of the parenthesis that opens, where one closes before token `end`: « X (Parti vert) »; else `end`."""
    texts = words_of(doc).texts
    if texts[end - 1] != ")":
        return end
    return next((at for at in range(end - 2, max(-1, end - _ASIDE), -1) if texts[at] == "("), end)


def _is_closed(doc: Doc, at: int) -> bool:
    """Whether punctuation, « et » or the end of a line or sentence stands behind a name."""
    if at >= len(doc) or doc[at].is_space or doc[at].is_sent_start:
        return True
    text = words_of(doc).texts[at]
    return text[0] in _CLOSES or text == "et"
