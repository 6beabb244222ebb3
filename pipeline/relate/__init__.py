"""Values -> records: officials, locations, treaty counts, treaties, events, facts and entities."""

from pipeline.relate.entities import entities, facts
from pipeline.relate.events import events
from pipeline.relate.officials import officials, people
from pipeline.relate.treaties import treaties
from pipeline.relate.treaty_counts import treaty_counts

__all__ = ["entities", "events", "facts", "officials", "people", "treaties", "treaty_counts"]
