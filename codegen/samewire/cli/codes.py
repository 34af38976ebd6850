"""Exit codes. Python's own code for an exception is 1, which here means findings, so nothing may be left to it."""

from __future__ import annotations

import os
import sys
from typing import Final

FINDINGS: Final = 1
"""``check`` and ``diff`` found drift, ``verify`` disagreements."""

ERROR: Final = 2
"""Usage, configuration or models."""

CRASH: Final = 3

BY_SIGNAL: Final = 128
"""What a shell adds to the number of the signal that ended a command: 129 hung up, 143 terminated."""

INTERRUPTED: Final = 130

NOBODY_READS: Final = 141


def nobody_reads() -> int:
    """The end of a command whose output goes into a closed pipe: the rest goes nowhere, so that no later write fails."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return NOBODY_READS
