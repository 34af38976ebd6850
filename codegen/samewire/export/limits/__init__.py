"""
Limits in the schemas and documents of the values that have them.

Pydantic checks the limits of a union, or behind a validator, in a function (:mod:`samewire.coreschema.limits`). ``moved`` moves
such a limit into each member of the core schema, and ``with_steps`` moves a pattern there. ``limited`` is for limits that only the
document of a member can say; until then ``pending`` keeps them.
"""

from samewire.export.limits.documents import limited
from samewire.export.limits.inward import moved
from samewire.export.limits.pending import PENDING, pending
from samewire.export.limits.steps import with_steps

__all__ = ["PENDING", "limited", "moved", "pending", "with_steps"]
