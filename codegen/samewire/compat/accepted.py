"""Accepted breaks: a small committed file with one entry per break."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from samewire.compat.findings import Finding, digest, finding
from samewire.compat.rules import DEAD_ENTRY
from samewire.errors import ConfigError, Diagnostic

FILE: Final = "samewire-accepted.json"


class Entry(BaseModel):
    """
    An accepted break. ``baseline`` is a digest of the old definition: the entry is dead when that changes, or after ``until``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    rule: str
    where: str
    baseline: str
    reason: str
    owner: str | None = None
    until: dt.date | None = None


_ENTRIES: Final = TypeAdapter(list[Entry])


def read(root: Path) -> list[Entry]:
    """Raises :class:`ConfigError` where the file is none of these."""
    path = root / FILE
    try:
        return _ENTRIES.validate_json(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValidationError) as error:
        message = f"cannot be read: {error}"
        raise ConfigError(Diagnostic("compat-accepted", FILE, message)) from error


def write(root: Path, entries: Iterable[Entry]) -> None:
    ordered = sorted(entries, key=lambda entry: (entry.where, entry.id))
    listed = [entry.model_dump(mode="json", exclude_none=True) for entry in ordered]
    text = json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
    (root / FILE).write_text(text, encoding="utf-8", newline="\n")


def baseline_of(document: Mapping[str, Any], definition: str) -> str:
    return digest(document.get("$defs", {}).get(definition))


def entry_of(
    found: Finding,
    document: Mapping[str, Any],
    reason: str,
    owner: str | None,
    until: dt.date | None,
) -> Entry:
    return Entry(
        id=found.fingerprint,
        rule=found.rule.id,
        where=found.where,
        baseline=baseline_of(document, found.old),
        reason=reason,
        owner=owner,
        until=until,
    )


def split(
    findings: Sequence[Finding],
    entries: Sequence[Entry],
    documents: Mapping[str, Mapping[str, Any]],
    today: dt.date,
) -> tuple[list[Finding], list[tuple[Finding, Entry]]]:
    """
    Splits the findings into those that count, with one for each dead entry, and accepted ones. ``documents`` are the old ones.
    """
    by_id = {entry.id: entry for entry in entries}
    counted: list[Finding] = []
    accepted: list[tuple[Finding, Entry]] = []
    alive: set[str] = set()
    for found in findings:
        entry = by_id.get(found.fingerprint)
        if entry is not None and _is_alive(entry, found, documents, today):
            alive.add(entry.id)
            accepted.append((found, entry))
        else:
            counted.append(found)
    dead = [entry for entry in entries if entry.id not in alive]
    counted += [
        finding(DEAD_ENTRY, FILE, None, f"{entry.rule} {entry.where}", entry.id) for entry in dead
    ]
    return counted, accepted


def _is_alive(
    entry: Entry, found: Finding, documents: Mapping[str, Mapping[str, Any]], today: dt.date
) -> bool:
    if entry.until is not None and entry.until <= today:
        return False
    return entry.baseline == baseline_of(documents.get(found.contract, {}), found.old)
