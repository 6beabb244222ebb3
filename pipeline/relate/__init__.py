"""Values -> records: officials, locations, treaty counts, treaties, events, facts, and who is who."""

from pipeline.relate.acronyms import statements
from pipeline.relate.events import events
from pipeline.relate.facts import facts
from pipeline.relate.identities import identities
from pipeline.relate.identity_lines import read_identities
from pipeline.relate.officials import officials, people
from pipeline.relate.predications import predications
from pipeline.relate.quantities import quantities
from pipeline.relate.referents import Referents
from pipeline.relate.treaties import treaties
from pipeline.relate.treaty_counts import treaty_counts

__all__ = [
    "Referents",
    "events",
    "facts",
    "identities",
    "officials",
    "people",
    "predications",
    "quantities",
    "read_identities",
    "statements",
    "treaties",
    "treaty_counts",
]
