"""
Generated files: what they should be (:class:`Plan`), how the files on disk differ, and how to update them.

``generate``, ``check`` and ``diff`` all go through :func:`compare`, so none of them can see another plan than the
rest.
"""

from samewire.artifacts.diffs import unified
from samewire.artifacts.disk import Action, Written, write
from samewire.artifacts.drift import Drift, State, compare, misplaced, unobstructed
from samewire.artifacts.plan import Crash, Plan, PlannedFile, clashes, shared

__all__ = [
    "Action",
    "Crash",
    "Drift",
    "Plan",
    "PlannedFile",
    "State",
    "Written",
    "clashes",
    "compare",
    "misplaced",
    "shared",
    "unified",
    "unobstructed",
    "write",
]
