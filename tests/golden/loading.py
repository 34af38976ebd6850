"""A golden case: a folder of models and configuration, the files they must give, and values for both sides to judge."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from pydantic import VERSION, TypeAdapter, ValidationError
from samewire.artifacts import Plan
from samewire.config import Config, ContractConfig, load
from samewire.discover import discover, import_path
from samewire.pipeline import build_plan
from samewire.targets.typescript.names import assign_identifiers, assign_validators

from tests.conformance.features.batch import Check, Direction, Subject
from tests.conformance.features.truth import Values, same
from tests.documents import roots_of

FOLDER = Path(__file__).parent
DIRECTIONS: tuple[Direction, ...] = ("emits", "accepts")
DIAGNOSTICS = "diagnostics.txt"
PYDANTIC = tuple(map(int, VERSION.split(".")[:2]))
NEEDS = {"presence-and-null": (2, 12)}  # exclude_if
"""The least version of Pydantic that can express a case, where it is not the least of all."""


@dataclass(frozen=True, slots=True)
class Golden:
    """
    ``files`` are the texts by their name in ``expected/``; ``subject`` is the same contract with its proof.

    Copies of the runtime library are in ``subject`` alone: tests/runtime is about them.
    """

    plan: Plan
    files: dict[str, str]
    subject: Subject


def names() -> list[str]:
    return sorted(path.parent.name for path in FOLDER.glob("*/samewire.toml"))


def readable() -> list[str]:
    """The cases that the installed Pydantic can express."""
    return [name for name in names() if NEEDS.get(name, (0,)) <= PYDANTIC]


def configuration(name: str) -> Config:
    return load(FOLDER / name / "samewire.toml")


def generated(name: str) -> Golden:
    with _models_of(name):
        config = configuration(name)
        plan = build_plan(config)
        proved = build_plan(_with_type_tests(config))
    files = {
        path: file.text
        for file in plan.files
        if not (path := file.path.removeprefix("expected/")).startswith("runtime/")
    }
    if plan.diagnostics:
        files[DIAGNOSTICS] = "".join(f"{diagnostic}\n" for diagnostic in plan.diagnostics)
    (contract,) = config.contracts
    document = json.loads(files[f"{contract.name}.json"])
    typescript = {
        file.path.removeprefix("expected/"): file.text
        for file in proved.files
        if file.path.endswith(".ts")
    }
    checks = tuple(_checks(name, document))
    return Golden(plan, files, Subject(name, typescript, checks, ways=("standard",)))


def expected(name: str) -> dict[str, str]:
    folder = FOLDER / name / "expected"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*"))}


def values(name: str) -> dict[str, dict[str, dict[str, Any]]]:
    """By direction, then by type: the ``accepted`` and ``rejected`` JSON values, and ``instances`` as Python expressions."""
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(
        (FOLDER / name / "values.json").read_text(encoding="utf-8")
    )
    return found


def objections(name: str) -> Iterator[str]:
    """Where Pydantic does not judge as ``values.json`` says."""
    with _models_of(name) as module:
        (contract,) = configuration(name).contracts
        for direction, types in values(name).items():
            for type_name, each in types.items():
                (root,) = discover([f"models:{type_name}"], "golden").roots
                adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", root.type))
                judge = _emitted if direction == "emits" else _accepted
                for complaint in judge(each, adapter, contract, vars(module)):
                    yield f"{direction} {type_name}: {complaint}"


# --- Pydantic ---------------------------------------------------------------------------------------------------------


def _emitted(
    each: Mapping[str, Any],
    adapter: TypeAdapter[Any],
    contract: ContractConfig,
    namespace: dict[str, Any],
) -> Iterator[str]:
    """An accepted value is what an instance serializes to: a given one, or the one that it reads back to."""
    dumped = [_dump(adapter, eval(code, namespace), contract) for code in each.get("instances", ())]
    for value in each["accepted"]:
        text = json.dumps(value)
        if not any(same(text, one) for one in dumped) and not _reads_back(adapter, text, contract):
            yield f"no instance serializes to {text}"
    for text in map(json.dumps, each["rejected"]):
        if any(same(text, one) for one in dumped) or _reads_back(adapter, text, contract):
            yield f"an instance serializes to {text}"


def _accepted(each: Mapping[str, Any], adapter: TypeAdapter[Any], *_: object) -> Iterator[str]:
    for text in map(json.dumps, each["accepted"]):
        if not _validates(adapter, text):
            yield f"Pydantic refuses {text}"
    for text in map(json.dumps, each["rejected"]):
        if _validates(adapter, text):
            yield f"Pydantic accepts {text}"


def _validates(adapter: TypeAdapter[Any], text: str) -> bool:
    try:
        adapter.validate_json(text)
    except ValidationError:
        return False
    return True


def _reads_back(adapter: TypeAdapter[Any], text: str, contract: ContractConfig) -> bool:
    try:
        return same(_dump(adapter, adapter.validate_json(text), contract), text)
    except ValidationError:
        return False


def _dump(adapter: TypeAdapter[Any], instance: object, contract: ContractConfig) -> str:
    dump = contract.options.dump
    return adapter.dump_json(
        instance,
        by_alias=dump.by_alias,
        exclude_none=dump.exclude_none,
        exclude_defaults=dump.exclude_defaults,
        exclude_unset=dump.exclude_unset,
        warnings="error",
    ).decode()


# --- Files ------------------------------------------------------------------------------------------------------------


@contextmanager
def _models_of(name: str) -> Iterator[Any]:
    """Every case calls its module ``models``, so each is imported afresh."""
    sys.modules.pop("models", None)
    try:
        with import_path([FOLDER / name]):
            importlib.invalidate_caches()
            yield importlib.import_module("models")
    finally:
        sys.modules.pop("models", None)


def _with_type_tests(config: Config) -> Config:
    contracts = tuple(
        replace(contract, options=contract.options.model_copy(update={"type_tests": True}))
        for contract in config.contracts
    )
    return replace(config, contracts=contracts)


def _checks(name: str, document: Mapping[str, Any]) -> Iterator[Check]:
    definitions = document["$defs"]
    identifiers = assign_identifiers(definitions)
    validators = assign_validators(identifiers)
    judged = values(name)
    for direction in DIRECTIONS:
        roots = {
            definitions[key]["x-samewire-source"]: key for key in roots_of(document, direction)
        }
        for type_name, each in judged.get(direction, {}).items():
            root = roots[f"models:{type_name}"]
            right = tuple(map(json.dumps, each["accepted"]))
            wrong = tuple(map(json.dumps, each["rejected"]))
            type_ = identifiers[root] if direction == "emits" else None
            yield Check(direction, validators[root], Values(right, wrong), type_)
