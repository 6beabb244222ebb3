"""What a row says at a glance: the columns that a reader sees first, by table."""

from __future__ import annotations

GLANCE: dict[str, tuple[str, ...]] = {
    "officials": ("person", "role", "organisation", "country", "status"),
    "dates": ("date_start", "date_end", "edtf"),
    "locations": ("name", "kind", "country_name"),
    "treaty_counts": ("count", "qualifier", "instrument", "scope", "holder", "subject"),
    "quantities": ("amount", "amount_max", "unit", "noun", "kind", "holder"),
    "treaties": ("treaty", "relation", "party"),
    "events": ("event", "place", "date_start", "date_end", "participants"),
    "facts": ("subject", "predicate", "object", "value", "modality"),
}
