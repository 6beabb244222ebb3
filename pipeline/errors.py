"""What can go wrong, each error saying where, what was expected, what exists and what to do."""


class GreffierError(Exception):
    """Base of every error that this package raises on purpose."""


class ReadError(GreffierError):
    """A file could not become a Document.

    `status` is the value of the documents table: empty, no_text, unreadable or failed; `again` says that the same bytes
    may be read at another time.
    """

    def __init__(self, message: str, status: str = "unreadable", *, again: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.again = again


class LexiconError(GreffierError):
    """A list or rule of the lexicon is wrong; the message names where, what was expected and what exists."""


class UsageError(GreffierError):
    """The caller asked for something that does not exist; the message names what does."""


class StoreError(GreffierError):
    """The ledger of an output folder cannot be used; the message names the file and says what to do."""


class WriteError(GreffierError):
    """A table cannot be written; the message names the file and the cause."""


class EngineError(GreffierError):
    """Work cannot be shared among processes; the message says why and what to do."""
