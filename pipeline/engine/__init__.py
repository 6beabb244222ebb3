"""Local processes: tasks to workers and outcomes back, whatever becomes of a worker."""

from pipeline.engine.crew import Fault, outcomes

__all__ = ["Fault", "outcomes"]
