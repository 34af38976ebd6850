"""Runs ``samewire compat``: compares a project's contracts with the deployed ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samewire import ir
from samewire.artifacts import Plan
from samewire.compat import accepted
from samewire.compat.accepted import Entry
from samewire.compat.baseline import baseline
from samewire.compat.changelog import Notes, notes
from samewire.compat.changes import compare
from samewire.compat.execute import Version, executed
from samewire.compat.findings import Finding, gone
from samewire.compat.rules import Verdict, is_of_streams
from samewire.compat.streams import run as streams
from samewire.config import Config, ContractConfig
from samewire.errors import ConfigError, Diagnostic, SamewireError
from samewire.pipeline import Built, build
from samewire.pipeline.files import lowered
from samewire.schema import load


@dataclass(frozen=True, slots=True)
class Decision:
    """A break that the user accepts, by the fingerprint of its finding."""

    id: str
    reason: str
    owner: str | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    The result. ``added`` are contracts that the baseline lacks, ``unchanged`` those with the same documents. ``least`` is the
    mildest verdict that fails.
    """

    findings: list[Finding]
    accepted: list[tuple[Finding, Entry]]
    against: str
    least: Verdict
    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    @property
    def fails(self) -> bool:
        return any(each.verdict >= self.least for each in self.findings)


def run(
    config: Config, against: str, least: Verdict, decision: Decision | None, *, execute: bool
) -> tuple[Outcome, Plan]:
    """
    Raises:
        ConfigError: there is no baseline, or it can't be read, or there is no finding to accept.
        SamewireError: no contract has a plan.

    """
    texts, built, after = _both(config, against)
    plan = built.plan
    documents = {name: _loaded(text, name) for name, text in texts.items()}
    pairs, unchanged = _changed(config, documents, after)
    found = [
        each
        for name, (old, new) in pairs.items()
        for each in compare(old, new, built.refused.get(name, ()))
    ]
    configured = {contract.name for contract in config.contracts}
    found += [gone(name) for name in sorted(documents.keys() - configured)]
    if execute:
        before = {name: old for name, (old, _) in pairs.items()}
        found = _executed(found, _versions(config, built, before, texts, after))
    entries = accepted.read(config.root)
    if decision is not None:
        entries = _decided(config, decision, found, entries, documents)
    counted, taken = accepted.split(found, entries, documents, dt.datetime.now(tz=dt.UTC).date())
    added = sorted(after.keys() - texts.keys())
    return Outcome(counted, taken, against, least, added, unchanged), plan


def _executed(found: Sequence[Finding], versions: Mapping[str, Version]) -> list[Finding]:
    """
    Runs values through validators, and whole streams through checkers. A run that shows a change to be compatible removes its
    finding.
    """
    values = executed([each for each in found if not is_of_streams(each.rule)], versions)
    whole = streams.executed([each for each in found if is_of_streams(each.rule)], versions)
    done = iter(values), iter(whole)
    ran = [next(done[is_of_streams(each.rule)]) for each in found]
    return [each for each in ran if each.verdict is not Verdict.COMPATIBLE]


def release_notes(config: Config, since: str) -> tuple[list[Notes], Plan]:
    """
    The changes in each contract that the baseline has.

    Raises:
        SamewireError: as for :func:`run`.

    """
    texts, built, after = _both(config, since)
    documents = {name: _loaded(text, name) for name, text in texts.items()}
    listed = []
    for contract in config.contracts:
        if contract.name in documents and contract.name in after:
            old, new = _contracts(contract, documents[contract.name], after[contract.name])
            refused = built.refused.get(contract.name, ())
            listed.append(notes(old, new, compare(old, new, refused)))
    return listed, built.plan


def _both(config: Config, against: str) -> tuple[Mapping[str, str], Built, dict[str, str]]:
    """The texts of the documents before and now, by contract, and what the latter come from."""
    texts = baseline(config, against)
    built = build(config)
    planned = {file.path: file.text for file in built.plan.files}
    after = {
        contract.name: planned[path]
        for contract in config.contracts
        if (path := built.plan.schema_path(contract.name)) in planned
    }
    return texts, built, after


def _changed(
    config: Config, documents: Mapping[str, dict[str, Any]], after: Mapping[str, str]
) -> tuple[dict[str, tuple[ir.Contract, ir.Contract]], list[str]]:
    """The contracts whose documents differ, as they were and as they are, and the names of the others."""
    pairs: dict[str, tuple[ir.Contract, ir.Contract]] = {}
    unchanged: list[str] = []
    for contract in config.contracts:
        name = contract.name
        if name not in documents or name not in after:
            continue
        if load(after[name], name) == documents[name]:
            unchanged.append(name)
        else:
            pairs[name] = _contracts(contract, documents[name], after[name])
    return pairs, unchanged


def _contracts(
    contract: ContractConfig, document: dict[str, Any], text: str
) -> tuple[ir.Contract, ir.Contract]:
    """A contract as it was, by its old document, and as it is."""
    path = f"{contract.name}.json"
    try:
        old = lowered(document, contract, path)
    except SamewireError as error:
        raise _unreadable(contract.name, error) from error
    return old, lowered(load(text, path), contract, path)


def _loaded(text: str, name: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = load(text, f"{name}.json")
    except SamewireError as error:
        raise _unreadable(name, error) from error
    if not document.get("$defs"):
        raise _unreadable(name, "it has no definitions")
    return document


def _unreadable(name: str, why: object) -> ConfigError:
    message = f"cannot read the old document of the contract {name}: {why}"
    return ConfigError(Diagnostic("compat-baseline", "--against", message))


def _versions(
    config: Config,
    built: Built,
    old: Mapping[str, ir.Contract],
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> dict[str, Version]:
    """Both versions of each contract that changed."""
    described = {selected.config.name: export.described for selected, export in built.contracts}
    versions = {}
    for contract in config.contracts:
        name = contract.name
        if name in old:
            versions[name] = Version(
                contract,
                config.root,
                built.plan.schema_path(name),
                old[name],
                built.plan.rendered(name, before[name]) or {},
                built.plan.rendered(name, after[name]) or {},
                described.get(name, ()),
            )
    return versions


def _decided(
    config: Config,
    decision: Decision,
    found: list[Finding],
    entries: list[Entry],
    documents: Mapping[str, dict[str, Any]],
) -> list[Entry]:
    """The entries with the decision, which is written."""
    chosen = [each for each in found if each.fingerprint == decision.id]
    if not chosen:
        message = f"no finding has the id {decision.id}"
        hint = "run `samewire compat` without --accept to see the ids"
        raise ConfigError(Diagnostic("compat-accepted", "--accept", message, hint))
    document = documents.get(chosen[0].contract, {})
    made = accepted.entry_of(chosen[0], document, decision.reason, decision.owner, decision.until)
    kept = [*(entry for entry in entries if entry.id != made.id), made]
    accepted.write(config.root, kept)
    return kept


def summary(outcome: Outcome) -> str:
    """The number of findings of each verdict."""
    counts = {
        verdict: sum(each.verdict is verdict for each in outcome.findings)
        for verdict in sorted(Verdict, reverse=True)
    }
    parts = [f"{count} {verdict.name.lower()}" for verdict, count in counts.items() if count]
    parts += [f"{len(outcome.accepted)} accepted"] if outcome.accepted else []
    return ", ".join(parts) or "compatible"
