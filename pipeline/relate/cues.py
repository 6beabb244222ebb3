"""Which rules may match in a sentence: all are asked at once, so that one without their words costs nothing.

A rule is named by its file and its id: `events.plain`.
"""

from __future__ import annotations

from functools import cache

from pipeline.lexicon import Sieve, load_rules

#: labels of the rules of rules/predicates.toml that are verbs: what stands on the other side of them
OBJECTS = frozenset(("INSTRUMENT", "TREATY", "PLACE", "ORG", "PERSON", "PARTY"))
#: rules that begin something, and those that are tried so often that asking first is worth it
_ASKED = {
    "predicates": ("agent",),
    "events": ("plain", "lettered", "margins", "attended", "led", "chaired-behind"),
    "treaties": ("known", "named"),
    "groups": ("delegation",),
    "modality": ("according",),
}


@cache
def rules_with_words() -> Sieve[str]:
    """The sieve of these rules."""
    verbs = [("predicates", rule) for rule in load_rules("predicates") if rule.label in OBJECTS]
    others = [(file, rule) for file, ids in _ASKED.items() for rule in load_rules(file) if rule.id in ids]
    return Sieve((f"{file}.{rule.id}", rule.words) for file, rule in [*verbs, *others])
