"""A table of changes: what is said of each, with both validators run on what shows it, and on many values where nothing is said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from samewire import config as configuration
from samewire import ir
from samewire.compat.changes import compare
from samewire.compat.confirm import Parties
from samewire.compat.execute import Version, asking, executed
from samewire.compat.findings import Finding
from samewire.compat.rules import Verdict
from samewire.discover import Root
from samewire.export import Described, ExportOptions, export_contract
from samewire.pipeline.files import lowered, rendered
from samewire.schema import dumps, load
from samewire.verify.answers import Accepted
from samewire.verify.javascript import has_unsafe

from tests.unit.compat.mutations import ALL, ROWS, Row

FEW = 4
"""One of so many instances is sent to Node."""
WRITTEN = r"Pydantic writes (it|such a value in \w+), the old schema refuses it \(.*\), the new one takes it"
READ = r"the old schema takes it, Pydantic refuses (it|such a value in \w+) \(.*\)"


@dataclass(frozen=True)
class Side:
    contract: ir.Contract
    files: Mapping[str, str]
    described: tuple[Described, ...]


@dataclass(frozen=True)
class Case:
    """``findings`` are those whose values were run."""

    row: Row
    version: Version
    new: ir.Contract
    findings: list[Finding]

    def of_direction(self, direction: ir.Direction) -> list[Finding]:
        return [each for each in self.findings if each.direction == direction]

    def holds(self, direction: ir.Direction) -> bool:
        """Whether nothing is said of the values."""
        return all(each.verdict < Verdict.POSSIBLE for each in self.of_direction(direction))


def exported(type_: Any, row: Row, config: configuration.ContractConfig) -> Side:
    root = Root("Order", type_, "app:Order", isinstance(type_, type))
    made = export_contract(config.name, (root,), (root,), ExportOptions(dump=row.dump))
    assert made.diagnostics == ()
    path = f"schema/{config.name}.json"
    document = load(dumps(made.document), path)
    text, files = rendered(document, config, path)
    return Side(lowered(document, config, path), {**files, path: text}, made.described)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> list[Case]:
    folder = tmp_path_factory.mktemp("mutations")
    (folder / "node_modules").symlink_to(node_modules)
    settings = 'emits = ["a:A"]\noutput = "web"\nzod-version = "4.6"\nimports = ".ts"\n'
    (folder / "samewire.toml").write_text(f"[contracts.case]\n{settings}")
    (config,) = configuration.load(folder / "samewire.toml").contracts
    made: list[Case] = []
    for number, row in enumerate(ROWS):
        one = replace(config, name=f"case{number}")
        old, new = (exported(type_, row, one) for type_ in (row.old, row.new))
        path = f"schema/{one.name}.json"
        version = Version(one, folder, path, old.contract, old.files, new.files, new.described)
        found = compare(old.contract, new.contract)
        made.append(Case(row, version, new.contract, found))
    found = [finding for each in made for finding in each.findings]
    run: dict[str, list[Finding]] = {}
    for finding in executed(found, {each.new.name: each.version for each in made}):
        run.setdefault(finding.contract, []).append(finding)
    return [replace(each, findings=run.get(each.new.name, [])) for each in made]


def said(found: list[Finding]) -> str:
    """The rules, each once, with the verdict where that is not the rule's own."""
    words = {
        each.rule.id
        if each.verdict is each.rule.verdict
        else f"{each.rule.id}={each.verdict.name.lower()}"
        for each in found
    }
    return " ".join(sorted(words))


def test_what_is_said(cases: list[Case]) -> None:
    got = {
        each.row.what: (said(each.of_direction("emits")), said(each.of_direction("accepts")))
        for each in cases
    }
    assert got == {row.what: (row.emits, row.accepts) for row in ROWS}


def test_what_breaks_was_run(cases: list[Case]) -> None:
    """Pydantic writes the value and the old schema refuses it, or the old schema takes it and Pydantic refuses it."""
    runs = [
        (each.row.what, found.executed)
        for each in cases
        for found in each.findings
        if found.verdict is Verdict.BREAKING
        and not re.fullmatch(WRITTEN if found.direction == "emits" else READ, found.executed)
    ]
    assert runs == []


def test_no_value_refutes_that_nothing_breaks(cases: list[Case]) -> None:
    """The old schema takes all that the new Pydantic writes, and the new Pydantic reads all that the old schema takes."""
    with asking([each.version for each in cases]) as parties:
        refuted = {
            each.row.what: found
            for each in cases
            if (found := list(islice(refusals(each, parties[each.new.name]), 3)))
        }
    assert refuted == {}


def refusals(case: Case, by: Parties) -> Iterator[str]:
    if case.holds("emits"):
        (old,), (new,) = case.version.old.emits, case.new.emits
        writer = by.backend.of(new, "emits")
        assert writer is not None
        assert writer.instances
        for each in writer.instances[::FEW]:
            if not isinstance(by.old(old, each.text), Accepted):
                yield each.text
    if case.holds("accepts") and not case.row.refuses:
        (old,), (new,) = case.version.old.accepts, case.new.accepts
        reader = by.backend.of(new, "accepts")
        assert reader is not None
        assert by.sent(old)
        # Integers of more digits than JavaScript keeps are not told apart, and older versions of Pydantic refuse them for a float.
        safe = (text for text in by.sent(old) if not has_unsafe(json.loads(text)))
        yield from (text for text in safe if not reader.read(text).ok)


def test_the_table_is_large() -> None:
    assert len({row.what for row in ALL}) == len(ALL) > 200
