"""Which fields of a JSON object or of a line of CSV are the text, the title and the date of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, NamedTuple

from pipeline.errors import ReadError
from pipeline.lexicon import fold, mapping
from pipeline.read.content import Content
from pipeline.read.options import ReadOptions
from pipeline.read.published import written_date

#: records that are looked at before the fields are settled; objects within objects that are looked into
_LOOKED_AT, _DEEP = 100, 4
#: a field without a known name is taken for the text where its values are as long as this on average
_LEAST_PROSE = 80
#: a number from here on counts the seconds, or thousandths of a second, since 1970; below, it is no date
_SECONDS, _MILLISECONDS = 10**8, 10**11
_SHOWN = 12


class Fields(NamedTuple):
    """The names of the fields; None where there is none."""

    text: str
    title: str | None
    published: str | None


def contents(
    values: Iterable[Any], options: ReadOptions, media_type: str, encoding: str
) -> Iterator[Content | ReadError]:
    """The documents that `values` are: objects, or errors that go through as they are.

    The fields are those that the caller names, else those that the first records have. Where no field is a text, each
    record is a ReadError that names the fields which there are.
    """
    found = iter(values)
    first = list(islice(found, _LOOKED_AT))
    if not first:
        raise ReadError("there is no record in it", "empty")
    try:
        fields: Fields | ReadError = _fields([_flat(value) for value in first if isinstance(value, dict)], options)
    except ReadError as error:
        fields = error
    for value in chain(first, found):
        yield _content(value, fields, media_type, encoding)


def _content(value: Any, fields: Fields | ReadError, media_type: str, encoding: str) -> Content | ReadError:
    if isinstance(value, ReadError):
        return value
    if not isinstance(value, dict):
        return ReadError(f"a JSON object was expected, and there is {type(value).__name__}")
    if isinstance(fields, ReadError):
        return fields
    flat = _flat(value)
    text = _text(flat.get(fields.text))
    if not text:
        return ReadError(f"the field {fields.text} is empty", "empty")
    title = _text(flat.get(fields.title)) if fields.title else None
    published = _date(flat.get(fields.published)) if fields.published else None
    return Content(text, encoding, media_type, title and " ".join(title.split()), published)


def _fields(records: Sequence[Mapping[str, Any]], options: ReadOptions) -> Fields:
    keys = dict.fromkeys(key for record in records for key in record)
    for wanted in (options.text_field, options.title_field, options.date_field):
        if wanted is not None and wanted not in keys:
            raise ReadError(f"no field {wanted!r}; {_shown(keys)}")
    text = options.text_field or _named(keys, "text") or _longest(records, keys)
    if text is None:
        raise ReadError(f"no field is known for a text; name it with --text-field; {_shown(keys)}")
    return Fields(text, options.title_field or _named(keys, "title"), options.date_field or _named(keys, "published"))


def _named(keys: Iterable[str], meaning: str) -> str | None:
    """The key whose name, or last part, the lexicon lists first for `meaning`."""
    by_name: dict[str, str] = {}
    for key in sorted(keys, key=lambda key: key.count(".")):
        by_name.setdefault(fold(key), key)
        by_name.setdefault(fold(key.rpartition(".")[2]), key)
    known = (form for form, value in _names().items() if value == meaning)
    return next((by_name[form] for form in known if form in by_name), None)


def _names() -> dict[str, str]:
    return mapping("text_fields") | mapping("front_matter_keys")


def _longest(records: Sequence[Mapping[str, Any]], keys: Iterable[str]) -> str | None:
    """The field with the longest values, where they are as long as sentences."""
    lengths = {key: sum(len(_text(record.get(key)) or "") for record in records) for key in keys}
    best = max(lengths, key=lengths.__getitem__, default=None)
    return best if best is not None and lengths[best] >= _LEAST_PROSE * len(records) else None


def _flat(value: Mapping[Any, Any], before: str = "", deep: int = 0) -> dict[str, Any]:
    """The fields of an object and of the objects in it, these as `a.b`."""
    found: dict[str, Any] = {}
    for key, inner in value.items():
        name = f"{before}{key}"
        if isinstance(inner, dict) and deep < _DEEP:
            found.update(_flat(inner, f"{name}.", deep + 1))
        else:
            found[name] = inner
    return found


def _text(value: Any) -> str | None:
    """A text, or several in an array, as paragraphs."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if not isinstance(value, str) or not value.strip():
        return None
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _date(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _MILLISECONDS else value
        if _SECONDS <= seconds < _MILLISECONDS:
            return datetime.fromtimestamp(seconds, UTC).date().isoformat()
        value = str(value)
    return written_date(value) if isinstance(value, str) else None


def _shown(keys: Iterable[str]) -> str:
    listed = list(keys)
    more = " …" if len(listed) > _SHOWN else ""
    return f"there are: {', '.join(listed[:_SHOWN])}{more}" if listed else "there are none"
