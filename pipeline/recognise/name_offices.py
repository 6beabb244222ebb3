"""Names of persons beside an office: « le ministre X », « X, ministre », « X est nommé juge », « X, qui préside »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.lexicon import fold, mapping, rows, single_words
from pipeline.lexicon.copulas import copula_from
from pipeline.lexicon.gazetteer import demonyms
from pipeline.lexicon.inflections import inflections
from pipeline.recognise.name_grammar import Found, NameGrammar
from pipeline.recognise.name_tokens import Tokens
from pipeline.recognise.stretches import Stretch

_CLOSES = frozenset(',.;:)(»"”!?…-–—')
_OPENS = frozenset(",(-–—")
_HONOURS = frozenset(("rank", "title"))
THINGS = frozenset(("ORG", "MISC"))  #: labels of the model for what is no person, where it alone could say so
_ACRONYM = 4  #: letters of a word in capitals that is an acronym behind an office
_CHAIN = 4  #: organisations and places between an office and a name
_ASIDE = 10  #: tokens of the longest parenthesis behind a name
_VERB = 8  #: words of the longest verb between a name and an office


class NamesByOffice:
    """Finds the names that stand beside offices."""

    def __init__(self, grammar: NameGrammar) -> None:
        self.grammar = grammar
        self.ranks = frozenset(entry["role_id"] for entry in rows("roles") if entry["nature"] in _HONOURS)
        self.plurals = frozenset(word for entry in rows("roles") for word in _plurals(entry))
        self.given = frozenset(mapping("title_given_names"))
        self.linkers = frozenset(" ".join(form.split()) for form in mapping("linkers"))
        self.passed = self.linkers | mapping("name_articles").keys() | {"et"}
        self.appositions = single_words("appositions")
        self.determiners = frozenset(mapping("determiners"))
        self.tied = self.appositions | mapping("relatives").keys()  #: what stands before a verb that says an office
        self.verbs = frozenset(mapping("office_verbs"))
        self.said = mapping("saying_cues")
        self.peoples = demonyms().keys()
        self.areas = frozenset(mapping("area_nouns"))
        self.namesakes = frozenset(mapping("namesake_nouns"))

    def find(self, tokens: Tokens, offices: Iterable[Stretch]) -> Iterator[Found]:
        """The names beside those of the offices that are known; one that is a part of a name is not."""
        for role in offices:
            if tokens.known.get(role.start) is role:
                yield from self._after(tokens, role)
                yield from self._before(tokens, role)

    def is_given_name(self, tokens: Tokens, role: Stretch) -> bool:
        """Whether a rank or title of one word is a part of a name: « Nguyen Duc Thang », « , Sultan Al Marri »."""
        start, end = role.start, role.end
        word = tokens.texts[start]
        if end - start > 1 or not word[0].isupper() or word.isupper():
            return False
        if start > 0 and tokens.views[start - 1] in self.passed:
            return False
        if tokens.views[start] in self.given and end < len(tokens.texts) and self.grammar.is_part(tokens, end):
            return True
        return role.key in self.ranks and self.grammar.stands_in_name(tokens, start)

    def listed(self, tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A name, and those coordinated with it: « (les ministres) A, B et (le) malien C »."""
        while end > start:
            yield start, end
            if end >= len(tokens.texts) or tokens.texts[end] not in (",", "et"):
                return
            start = self.grammar.skip_titles(tokens, _behind_nationality(tokens, end + 1))
            end = self.grammar.end(tokens, start)

    def _after(self, tokens: Tokens, role: Stretch) -> Iterator[Found]:
        """The name, or the names, behind an office."""
        at = self._behind(tokens, role.end)
        at = at if role.key in self.ranks else self._behind_unknown(tokens, at)
        comma = at < len(tokens.texts) and (tokens.texts[at] in _OPENS or tokens.texts[at].isspace())
        start = self.grammar.skip_titles(tokens, self._behind_article(tokens, at + comma))
        if start >= len(tokens.texts) or not self._may_follow(tokens, role, start):
            return
        end = self.grammar.end(tokens, start)
        if end <= start + comma:
            return
        if is_closed(tokens, end) if comma else end - start > 1 or self._is_surname(tokens, start, role):
            plural = tokens.words.view[role.start_char : role.end_char].split()[0] in self.plurals
            names = self.listed(tokens, start, end) if plural else [(start, end)]
            yield from ((*name, "name-after-role") for name in names)

    def _behind_article(self, tokens: Tokens, at: int) -> int:
        """The token behind the article before a title (« le | Dr X »); else `at`."""
        titled = at + 1 < len(tokens.texts) and tokens.texts[at + 1] in self.grammar.titles
        return at + 1 if titled and tokens.texts[at] in self.grammar.parts.articles else at

    def _may_follow(self, tokens: Tokens, role: Stretch, start: int) -> bool:
        """Whether a person may begin at token `start`: no « de », but for a rank, no « région » before it."""
        view, labels = tokens.views[start], tokens.labels
        if view in self.linkers and tokens.texts[start][0].islower():
            team = view in self.determiners and labels[min(start + 1, len(labels) - 1)] != "PER"
            if team or role.key not in self.ranks:  # le capitaine des Bleus X
                return False
        if view in self.namesakes and labels[start] != "PER":
            return False
        return not (role.end == start and tokens.views[start - 1] in self.areas)

    def _is_surname(self, tokens: Tokens, at: int, role: Stretch) -> bool:
        """Whether a word directly behind an office can be all of a name: no word of the language, people or acronym.

        Behind a nationality only a person follows, whatever the model says (« le président brésilien Tonico »).
        """
        text, label = tokens.texts[at], tokens.labels[at]
        acronym = text.isupper() and len(text) <= _ACRONYM and label != "PER"
        work = label == "MISC" and self.peoples.isdisjoint(tokens.views[role.start + 1 : role.end])
        return not acronym and not work and not self.grammar.parts.is_common(tokens, at)

    def _behind(self, tokens: Tokens, at: int) -> int:
        """The token behind the organisations and places that follow an office, known ones and acronyms (« du PS »)."""
        known = tokens.known
        for _ in range(_CHAIN):
            start = self._skip_small(tokens, at)
            if start > at and start not in known and self._is_acronym(tokens, start):
                at = start + 1
                continue
            if start not in known or (start == at and self._begins_name(tokens, start)):
                break
            at = known[start].end
        return at

    def _is_acronym(self, tokens: Tokens, at: int) -> bool:
        """Whether a word in capitals stands before one that is not, as no name but an organisation's does."""
        one, two = "".join(tokens.texts[at : at + 1]), "".join(tokens.texts[at + 1 : at + 2])
        return one.isupper() and 1 < len(one) <= _ACRONYM and (not two[:1].isalpha() or not two.isupper())

    def _behind_unknown(self, tokens: Tokens, at: int) -> int:
        """The comma behind a name that an office is tied to (« le chef de la Ligue, »); else `at`."""
        start = self._skip_small(tokens, at)
        end = self.grammar.end(tokens, start) if start > at else start
        return end if start < end < len(tokens.texts) and tokens.texts[end] == "," else at

    def _skip_small(self, tokens: Tokens, at: int) -> int:
        texts, views = tokens.texts, tokens.views
        while at < len(texts) and views[at] in self.passed and texts[at][0].islower():
            at += 1
        return at

    def _begins_name(self, tokens: Tokens, at: int) -> bool:
        """Whether a place of one word begins a name: « le ministre Salem bin Nasser »."""
        return tokens.known[at].label in ("LOC", "DEMONYM") and self.grammar.end(tokens, at) > at + 1

    def _before(self, tokens: Tokens, role: Stretch) -> Iterator[Found]:
        """The name of two words or more before an office: « X, (également) ministre », « X a été nommé ministre »."""
        end = self._before_copula(tokens, role.start)
        if end is None:
            end = self._before_comma(tokens, role)
        end = _before_parentheses(tokens, end) if end else 0
        start = self.grammar.start(tokens, end) if end else 0
        if end and end - start > 1 and not self._is_thing(tokens, role, start, end):
            yield start, end, "name-before-role"

    def _is_thing(self, tokens: Tokens, role: Stretch, start: int, end: int) -> bool:
        """Whether the model must be believed: before « qui préside »; in « selon X, le ministre part »."""
        if tokens.labels[end - 1] not in THINGS:
            return False
        source = start > 0 and self.said.get(tokens.views[start - 1]) == "source"
        return source or tokens.views[role.start] in self.verbs

    def _before_comma(self, tokens: Tokens, role: Stretch) -> int | None:
        """The token of the comma before an office in apposition, or before « qui » and a verb that says an office."""
        texts, views, end = tokens.texts, tokens.views, role.start
        small = self.tied if views[end] in self.verbs else self.appositions
        while end > 0 and (views[end - 1] in small or texts[end - 1].isdigit()):
            end -= 1
        return end - 1 if end and texts[end - 1] in _OPENS else None

    def _before_copula(self, tokens: Tokens, at: int) -> int | None:
        """The token at which the verb begins that ties a name to the office at token `at`; None where none does."""
        if at == 0 or not _may_close(tokens.views[at - 1]):
            return None
        first = max(0, at - _VERB)
        start = copula_from(tokens.views[first:at])
        return None if start is None else first + start


def _behind_nationality(tokens: Tokens, at: int) -> int:
    """The token behind the nationality at token `at` of the next of several: « et saoudien Faisal al-Otaibi »."""
    one = tokens.known.get(at)
    small = one is not None and one.label == "DEMONYM" and tokens.written(one.start, one.end).islower()
    return one.end if one and small else at


def _plurals(entry: dict[str, str]) -> Iterator[str]:
    """The folded first words of an office's plurals that no singular has."""
    many = inflections({cell: entry[cell] for cell in ("plural", "feminine_plural")})
    one = inflections({cell: entry[cell] for cell in ("form", "feminine")})
    yield from {fold(form.split()[0]) for form in many} - {fold(form.split()[0]) for form in one}


def _may_close(view: str) -> bool:
    """Whether a verb that ties a name to an office can end with a token: a word, or the end of a line behind one."""
    return view[-1].isalpha() or view[-1] == "'" or view.isspace()


def _before_parentheses(tokens: Tokens, end: int) -> int:
    """The token of the parenthesis that opens, where one closes before token `end`: « X (Parti vert) »; else `end`."""
    texts = tokens.texts
    if texts[end - 1] != ")":
        return end
    return next((at for at in range(end - 2, max(-1, end - _ASIDE), -1) if texts[at] == "("), end)


def is_closed(tokens: Tokens, at: int) -> bool:
    """Whether punctuation, « et » or the end of a line or sentence stands behind a name."""
    if at >= len(tokens.texts) or at in tokens.opening:
        return True
    text = tokens.texts[at]
    return text[0] in _CLOSES or text == "et" or text.isspace()
