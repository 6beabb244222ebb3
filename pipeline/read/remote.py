"""Documents at URLs (`s3://…`, `memory://…`): whatever fsspec opens. Credentials are fsspec's own business."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from fsspec.core import url_to_fs

from pipeline.errors import ReadError, UsageError
from pipeline.read.formats import is_read, known
from pipeline.read.names import LEDGER, is_document, is_output


def discover_urls(url: str) -> dict[str, str]:
    """{URL: name} of the documents at `url`, a file, a folder (with all in it) or a pattern.

    The name is the path in the folder, or behind the pattern's last folder without wildcard. Raises UsageError where
    there is nothing to read.
    """
    try:
        files, path = url_to_fs(url)
        found = files.glob(path) if "*" in path else files.find(path)
    except (OSError, ImportError, ValueError) as error:
        raise UsageError(f"{url} cannot be listed: {error}") from error
    root = PurePosixPath(path.partition("*")[0].rpartition("/")[0] if "*" in path else path)
    named = {}
    files_there = list(map(PurePosixPath, sorted(found)))
    outputs = {file.parent for file in files_there if file.name == LEDGER}
    for file in files_there:
        name = file.name if file == root else str(file.relative_to(root))
        written = any(
            above in outputs and is_output(part)
            for above, part in zip(file.parents, reversed(file.parts), strict=False)
        )
        if is_read(file) and not written and (file == root or is_document(PurePosixPath(name))):
            named[files.unstrip_protocol(str(file))] = name
    if not named:
        raise UsageError(f"nothing to read in {url}: read are files that end in {known()}")
    return named


def fetch(urls: Sequence[str], most: int | None = None) -> dict[str, bytes | ReadError]:
    """{URL: its bytes, or what is wrong with it}; as many at a time as the protocol allows.

    Of a file that has more than `most` bytes, no more is fetched than it takes to know.
    """
    by_files: dict[Any, dict[str, str]] = defaultdict(dict)
    for url in urls:
        files, path = url_to_fs(url)
        by_files[files][path] = url
    found: dict[str, bytes | ReadError] = {}
    for files, paths in by_files.items():
        part = {} if most is None else {"end": most + 1}
        for path, raw in files.cat(list(paths), on_error="return", **part).items():
            found[paths[path]] = _bounded(raw, most) if isinstance(raw, bytes) else ReadError(f"cannot be read: {raw}")
    return found


def _bounded(raw: bytes, most: int | None) -> bytes | ReadError:
    if most is None or len(raw) <= most:
        return raw
    return ReadError(f"more than the limit of {most / 1e6:g} MB; raise --max-megabytes", "failed", again=True)
