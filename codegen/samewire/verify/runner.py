"""The generated validators, run in one process of Node or Python for as long as a verification takes."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from samewire.errors import Diagnostic, VerifyError
from samewire.targets import Validators
from samewire.verify.answers import Answer, Failed, Issue, Unasked, answers_of, issues_of
from samewire.verify.exchange import Answering, Exchange
from samewire.verify.node import temporal_flags

SCRIPT = Path(__file__).with_name("runner.mjs")
PYTHON_SCRIPT = Path(__file__).with_name("python_runner.py")
BATCH_SECONDS = 20  # for one batch, which takes milliseconds
LOAD_SECONDS = 300  # for the validators of a contract
VALUE_SECONDS = 5  # for one value by itself
MOST_HANGING = 3
"""After that many values that do not end, a validator is asked no more."""
BATCH = 256
SEPARATOR = "\x1e"  # which JSON has nowhere


@dataclass(frozen=True, slots=True)
class Guard:
    """The guard of a type. One that ``renames`` refuses keys by other names than the type's, which the schema takes."""

    name: str
    renames: bool


@dataclass(frozen=True, slots=True)
class Generated:
    """
    A contract's files by their path from its folder, and the folder that they are for, whose packages they import. ``guards`` are
    asked beside the validators, by whose names they stand here.
    """

    files: Mapping[str, str]
    output: Path
    validators: Validators
    guards: Mapping[str, Guard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts that a validator is being asked about; without ``exchange`` it is asked no more."""

    contract: str
    schema: str
    texts: Sequence[str]
    exchange: Exchange | None


class Runner:
    """
    A context in which validators can be asked. The files stand in ``folder``, which is temporary and has one folder a contract, so
    nothing need have been written.
    """

    def __init__(self, node: Path, contracts: Mapping[str, Generated], folder: Path) -> None:
        self._contracts = contracts
        self.folder = folder
        self._hanging: Counter[tuple[str, str]] = Counter()
        self._process = Answering(self._command(node), folder)
        self.asked = 0

    def _command(self, node: Path) -> Sequence[str | Path]:
        flags = ["--disable-warning=ExperimentalWarning", "--max-old-space-size=4096"]
        if any("runtime/zod-temporal.ts" in each.files for each in self._contracts.values()):
            flags += temporal_flags(node)
        return [node, *flags, SCRIPT, self.folder / "contracts.json"]

    def __enter__(self) -> Self:
        (self.folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        settings: dict[str, dict[str, Any]] = {}
        for name, contract in self._contracts.items():
            for file, text in contract.files.items():
                path = Path(os.path.normpath(self.home(name) / file))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            schemas = self.home(name) / contract.validators.file
            # Where the file will be: node_modules is looked for from there.
            frontend = (contract.output / contract.validators.file).as_uri()
            folder = f"{(self.folder / name).as_uri()}/"
            settings[name] = {"schemas": schemas.as_uri(), "folder": folder, "frontend": frontend}
            settings[name]["home"] = f"{self.home(name).as_uri()}/"
            settings[name]["decodes"] = "wire.ts" in contract.files
            settings[name] |= self._guards(contract, self.home(name))
        (self.folder / "contracts.json").write_text(json.dumps(settings), encoding="utf-8")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.stop()

    @staticmethod
    def _guards(contract: Generated, home: Path) -> dict[str, Any]:
        """What ``runner.mjs`` is told of the guards; of a contract that has nothing else, the schemas are left out."""
        if not contract.guards:
            return {}
        schemas = {"schemas": None} if contract.validators.kind == "guards" else {}
        file = (home / "guards.ts").as_uri()
        named = {schema: asdict(guard) for schema, guard in contract.guards.items()}
        return {**schemas, "guards": {"file": file, "named": named}}

    def load(self) -> None:
        """
        Loads all validators now, so that it does not count as the time of a model.

        Raises:
            VerifyError: as for :meth:`ask`.

        """
        for contract in self._contracts:
            exchange = self._process.send(_request(contract, None, ()), LOAD_SECONDS)
            if answer := self._process.receive(exchange):
                self._checked(contract, json.loads(answer))

    def home(self, contract: str) -> Path:
        """The folder of a contract's files, so deep in one of its own that what they import is in that too."""
        depth = max(file.count("../") for file in self._contracts[contract].files)
        return self.folder.joinpath(contract, *["output"] * depth)

    def ask(self, contract: str, schema: str, texts: Sequence[str]) -> list[Answer]:
        """
        What the schema makes of each JSON text.

        Raises:
            VerifyError: the generated code can't be loaded, for instance since a package is missing.

        """
        batches = [
            self.send(contract, schema, texts[start : start + BATCH])
            for start in range(0, len(texts), BATCH)
        ]
        return [answer for batch in batches for answer in self.answers(batch)]

    def send(self, contract: str, schema: str, texts: Sequence[str]) -> Batch:
        """Passes texts on, at most ``BATCH``; they are judged while the caller does something else."""
        self.asked += len(texts)
        return self._batch(contract, schema, texts)

    def answers(self, batch: Batch) -> list[Answer]:
        """
        What the schema makes of the texts that were sent.

        Raises:
            VerifyError: as for :meth:`ask`.

        """
        contract, schema, texts = batch.contract, batch.schema, batch.texts
        if batch.exchange is None:
            return [Unasked() for _ in texts]
        if answer := self._process.receive(batch.exchange):
            verdicts, details = self._checked(contract, json.loads(answer))
            return list(
                answers_of(
                    verdicts, details, texts, lambda text: self._issues(contract, schema, text)
                )
            )
        # The process is gone. One by one, the others still get their answer.
        if len(texts) > 1:
            return list(self._one_by_one(contract, schema, texts))
        self._hanging[contract, schema] += 1
        seconds = batch.exchange.seconds
        return [Failed(f"the validator did not end within {seconds} s, or took Node with it")]

    def _one_by_one(self, contract: str, schema: str, texts: Sequence[str]) -> Iterator[Answer]:
        for text in texts:
            yield from self.answers(self._batch(contract, schema, [text]))

    def _batch(self, contract: str, schema: str, texts: Sequence[str]) -> Batch:
        if self._hanging[contract, schema] >= MOST_HANGING:
            return Batch(contract, schema, texts, None)
        seconds = BATCH_SECONDS if len(texts) > 1 else VALUE_SECONDS
        request = _request(contract, schema, texts)
        return Batch(contract, schema, texts, self._process.send(request, seconds))

    def _issues(self, contract: str, schema: str, text: str) -> tuple[Issue, ...]:
        """Why a text is refused."""
        request = _request(contract, schema, [text], explain=True)
        answer = self._process.receive(self._process.send(request, VALUE_SECONDS))
        if not answer:
            return (Issue((), "refused, and then the validator did not end", ""),)
        return issues_of(self._checked(contract, json.loads(answer)))

    def _checked(self, contract: str, found: Any) -> Any:
        if isinstance(found, dict):
            raise VerifyError(self._diagnosis(contract, found))
        return found

    def _diagnosis(self, contract: str, found: Mapping[str, str]) -> Diagnostic:
        where = str(self._contracts[contract].output)
        if found["code"] in ("ERR_MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"):
            message = f"the generated code can't be run from here: {found['failed']}"
            package = self._contracts[contract].validators.package
            hint = f"install {package} in the frontend: npm install {package}"
            return Diagnostic("verify-package", where, message, hint)
        message = f"the generated code can't be loaded: {found['failed']}"
        return Diagnostic("verify-load", where, message)


class PythonRunner(Runner):
    """Modules of the target ``python``, each as ``contract.py`` in the folder of its contract."""

    def _command(self, node: Path) -> Sequence[str | Path]:  # noqa: ARG002  # the interpreter is this one
        start = f"import runpy, sys; sys.path[:] = {sys.path!r}; runpy.run_path({str(PYTHON_SCRIPT)!r}, run_name='__main__')"
        return [sys.executable, "-c", start, self.folder]

    def __enter__(self) -> Self:
        for name, contract in self._contracts.items():
            for file, text in contract.files.items():
                path = self.folder / name / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
        return self


def _request(
    contract: str, schema: str | None, texts: Sequence[str], *, explain: bool = False
) -> bytes:
    """A line for ``runner.mjs``. Half of a surrogate pair has no UTF-8, and stands as its escape in JSON."""
    fields = [json.dumps([contract, schema, explain]), *texts]
    return (SEPARATOR.join(fields) + "\n").encode(errors="backslashreplace")
