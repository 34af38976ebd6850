"""Versions of zod at which generated code changes."""

from __future__ import annotations

from typing import Final

FIRST_WITH_V4: Final = (3, 25)
"""The zod 3 that carries zod 4.0 under the import specifiers ``zod/v4`` and ``zod/v4-mini``."""
OLDEST_ZOD: Final = (4, 0)
"""The oldest zod that validators run on."""
CODECS: Final = (4, 1)
"""The first zod that encodes as well as it decodes."""
EXACT_OPTIONAL: Final = (4, 3)
"""The first zod that tells a key which is not there from one that is ``undefined``."""
NEWEST_FEATURES: Final = (4, 5)
"""The zod that is assumed where no package.json says which one the frontend has."""
CHANGES: Final = (OLDEST_ZOD, CODECS, EXACT_OPTIONAL, (4, 4), NEWEST_FEATURES)
"""All of them, from which on generated code is another."""
