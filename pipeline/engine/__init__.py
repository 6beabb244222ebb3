"""Local processes: tasks to workers and outcomes back, whatever becomes of a worker."""

from pipeline.engine.crew import Fault, outcomes
from pipeline.engine.worker import CAN_FORK

__all__ = ["CAN_FORK", "Fault", "outcomes"]
