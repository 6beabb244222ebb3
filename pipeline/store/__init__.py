"""Room 6, records -> SQLite: the ledger of an output folder, with what was read and the rows that came of it."""

from pipeline.store.cells import Stored, stored
from pipeline.store.ledger import FILE_NAME, Ledger, opened

__all__ = ["FILE_NAME", "Ledger", "Stored", "opened", "stored"]
