"""
``samewire init``: adds generation, checks and CI to a project.

``propose`` looks at a project and returns edits; nothing is written before all are known, nothing that exists is replaced, and
what could not be added is said as advice. Run again, it proposes nothing.
"""

from samewire.init.edits import Edit
from samewire.init.proposal import Choices, Proposal, propose
from samewire.init.sources import read_project

__all__ = ["Choices", "Edit", "Proposal", "propose", "read_project"]
