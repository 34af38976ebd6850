"""
The answer of a record, where all that it was made from is as it was.

The standard library alone, and little of it: this runs before click, Pydantic and the models are imported.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from samewire.record.fingerprints import KINDS, record_of

VERSION: Final = 1
ANSWERED: Final = ("check", "generate")
FORMATS: Final = ("text", "json", "github")
CI: Final = ("CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID")
"""What continuous integration sets; there every answer is made anew, unless ``--cache`` asks for the record."""


@dataclass(frozen=True)
class Query:
    """A command line that a record may answer."""

    command: str
    config: str | None
    format: str
    verbosity: int

    @property
    def key(self) -> str:
        return f"{self.command} {self.format} {self.verbosity}"


def parsed_query(arguments: Sequence[str]) -> Query | None:
    """Parses a command line; ``None`` if it is anything but a plain command whose record may be used."""
    command: str | None = None
    values: dict[str, str] = {}
    words = iter(arguments)
    for word in words:
        flag, has_value, value = word.partition("=")
        if word in ANSWERED and command is None:
            command = word
        elif flag in ("--config", "--format"):
            values[flag] = value if has_value else next(words, "")
        elif word in _SWITCHES:
            values[_SWITCHES[word]] = word
        else:
            return None
    format_ = values.get("--format", "text")
    if command is None or format_ not in FORMATS or not is_wanted(values.get("cache")):
        return None
    if "quiet" in values and "verbose" in values:
        return None
    verbosity = -1 if "quiet" in values else 1 if "verbose" in values else 0
    return Query(command, values.get("--config"), format_, verbosity)


_SWITCHES: Final = {
    "-q": "quiet",
    "--quiet": "quiet",
    "-v": "verbose",
    "--verbose": "verbose",
    "--cache": "cache",
    "--no-cache": "cache",
}


def is_wanted(flag: str | None) -> bool:
    """Whether records are used, with ``--cache``, ``--no-cache`` or neither."""
    if flag is not None:
        return flag == "--cache"
    if os.environ.get("SAMEWIRE_NO_CACHE"):
        return False
    return not any(os.environ.get(name, "").lower() not in ("", "0", "false") for name in CI)


def answered(query: Query) -> int | None:
    """Prints the recorded answer and returns the exit code; ``None`` if there is no valid record."""
    record = valid_record(query.config)
    if record is None:
        return None
    answer = record["answers"].get(query.key)
    if answer is None:
        return None
    for stream, text in ((sys.stdout, answer[0]), (sys.stderr, answer[1])):
        stream.write(text if _is_coloured(stream) else _plain(text))
        stream.flush()
    return 0


def valid_record(config: str | None) -> Mapping[str, Any] | None:
    """The record for a configuration, if all that is in it is as it was."""
    try:
        with open(record_of(config) or "", encoding="utf-8") as file:
            record = json.load(file)
        if record["version"] != VERSION:
            return None
        facts = record["facts"]
        for kind, look in KINDS.items():
            for name, fingerprint in facts.get(kind, {}).items():
                if look(name) != fingerprint:
                    return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # no record, or none that can be read
    return record if isinstance(record, dict) else None


def _is_coloured(stream: Any) -> bool:
    return not os.environ.get("NO_COLOR") and stream.isatty()


def _plain(text: str) -> str:
    """``text`` without the sequences that colour it."""
    first, *rest = text.split("\x1b[")
    return first + "".join(part.partition("m")[2] for part in rest)
