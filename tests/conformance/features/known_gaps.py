"""
Cases that Samewire does not get right, each with the reason why it can't, or can't yet.

An entry must keep failing: one that passes is a reason to delete it here, and fails the test until that is done.
"""

from __future__ import annotations

KNOWN_GAPS: dict[str, str] = {}
