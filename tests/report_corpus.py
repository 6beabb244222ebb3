"""Three small documents for the tests of the report: one is plain, one attacks the page, one could not be read."""

from __future__ import annotations

import io
from typing import Any

from pipeline.records import DateMention, Document, Entity, Location, Mention, Official
from pipeline.report import write_page
from pipeline.write import Lists

TEXTS = {
    "a/hanoi.txt": "😀 𝔄 La ministre Nguyễn Thị Hà a reçu Kofi Agbéko à Hanoï le 3 mars 2024.\n\nElle l'a remercié.\n",
    "b/attaque.txt": '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"> Le 5 mai 2023, rien.',
    "c/vide.txt": "",
}


def span(name: str, words_: str) -> dict[str, Any]:
    """Where words stand in a document, as all rows have it."""
    start = TEXTS[name].index(words_)
    return {"document": name, "text": words_, "start_char": start, "end_char": start + len(words_), "sentence": 1}


def tables() -> dict[str, list[Any]]:
    """The documents and what they say."""
    first, second = "a/hanoi.txt", "b/attaque.txt"
    documents = [
        Document(document=first, title="À Hanoï", published="2024-03-04", status="ok", text=TEXTS[first]),
        Document(document=second, title="</script><b>gras</b>", published="2023-05", status="ok", text=TEXTS[second]),
        Document(document="c/vide.txt", status="empty", message="the file is empty"),
    ]
    person, office = "Nguyễn Thị Hà", "La ministre Nguyễn Thị Hà"
    return {
        "documents": documents,
        "officials": [
            Official(
                review="ok",
                person=person,
                role="ministre",
                role_category="government",
                country="VN",
                **span(first, office),
            )
        ],
        "dates": [
            DateMention(
                date_start="2024-03-03", date_end="2024-03-03", edtf="2024-03-03", **span(first, "3 mars 2024")
            ),
            DateMention(
                date_start="2023-05-05", date_end="2023-05-05", edtf="2023-05-05", **span(second, "5 mai 2023")
            ),
        ],
        "locations": [
            Location(name="Hanoï", kind="city", country="VN", latitude=21.03, longitude=105.85, **span(first, "Hanoï"))
        ],
        "mentions": [
            Mention(label="PER", entity_id="per:ha", rule="role-name", **span(first, person)),
            Mention(label="PER", entity_id="per:kofi", rule="name", **span(first, "Kofi Agbéko")),
            Mention(label="LOC", entity_id="place:hanoi", rule="city", **span(first, "Hanoï")),
            Mention(label="DATE", rule="day", **span(first, "3 mars 2024")),
            Mention(label="DATE", rule="day", **span(second, "5 mai 2023")),
        ],
        "entities": [
            Entity(entity_id="per:ha", label="PER", name=person, aliases=("Mme Hà", "Hà"), documents=1, mentions=1),
            Entity(entity_id="per:kofi", label="PER", name="Kofi Agbéko", documents=1, mentions=1),
        ],
    }


def page_of(given: dict[str, list[Any]], **options: Any) -> str:
    handle = io.StringIO()
    write_page(Lists(given), handle, **{"title": "corpus", **options})
    return handle.getvalue()
