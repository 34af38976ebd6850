"""The generated validators, run in one Node process for as long as a verification takes."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias

from samewire.errors import Diagnostic, VerifyError
from samewire.targets import Validators

Path_: TypeAlias = tuple[str | int, ...]
Change: TypeAlias = Literal["lost", "added", "changed"]

SCRIPT = Path(__file__).with_name("runner.mjs")
BATCH_SECONDS = 20  # for one batch, which takes milliseconds
LOAD_SECONDS = 300  # for the validators of a contract
VALUE_SECONDS = 5  # for one value by itself
MOST_HANGING = 3
"""After that many values that do not end, a validator is asked no more."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Accepted:
    """``changes`` say what came out otherwise than it went in, and ``out`` is the JSON text of that."""

    changes: tuple[tuple[Path_, Change], ...] = ()
    out: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    path: Path_
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    issues: tuple[Issue, ...]

    def __str__(self) -> str:
        return "; ".join(
            f"{pointer(each.path) or 'the value'}: {each.message}" for each in self.issues[:3]
        )


@dataclass(frozen=True, slots=True)
class Failed:
    """The validator gave no verdict: it threw, or did not end."""

    message: str


@dataclass(frozen=True, slots=True)
class Unasked:
    """The validator was not asked, as it did not end on other values."""


Answer: TypeAlias = Accepted | Refused | Failed | Unasked
UNCHANGED = Accepted()


@dataclass(frozen=True, slots=True)
class Generated:
    """A contract's files by their path from its folder, and the folder that they are for, whose packages they import."""

    files: Mapping[str, str]
    output: Path
    validators: Validators


class Runner:
    """
    A context in which validators can be asked. The files stand in ``folder``, which is temporary and has one folder a contract, so
    nothing need have been written.
    """

    def __init__(self, node: Path, contracts: Mapping[str, Generated], folder: Path) -> None:
        self._node = node
        self._contracts = contracts
        self.folder = folder
        self._hanging: Counter[tuple[str, str]] = Counter()
        self._process: subprocess.Popen[bytes] | None = None
        self.asked = 0

    def __enter__(self) -> Self:
        (self.folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        settings = {}
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
        (self.folder / "contracts.json").write_text(json.dumps(settings), encoding="utf-8")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._stop(self._process)

    def load(self) -> None:
        """
        Loads all validators now, so that it does not count as the time of a model.

        Raises:
            VerifyError: as for :meth:`ask`.

        """
        for contract in self._contracts:
            loaded = self._exchange([contract, None, []], LOAD_SECONDS)
            if isinstance(loaded, dict):
                raise VerifyError(self._diagnosis(contract, loaded))

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
        answers: list[Answer] = []
        for start in range(0, len(texts), BATCH):
            answers += self._batch(contract, schema, texts[start : start + BATCH])
        self.asked += len(texts)
        return answers

    def _batch(self, contract: str, schema: str, texts: Sequence[str]) -> list[Answer]:
        if self._hanging[contract, schema] >= MOST_HANGING:
            return [Unasked() for _ in texts]
        seconds = BATCH_SECONDS if len(texts) > 1 else VALUE_SECONDS
        found = self._exchange([contract, schema, list(texts)], seconds)
        if found is None:
            # The process is gone. One by one, the others still get their answer.
            if len(texts) == 1:
                self._hanging[contract, schema] += 1
                message = f"the validator did not end within {seconds} s, or took Node with it"
                return [Failed(message)]
            return [answer for text in texts for answer in self._batch(contract, schema, [text])]
        if isinstance(found, dict):
            raise VerifyError(self._diagnosis(contract, found))
        return [_answer(each) for each in found]

    def _exchange(self, request: object, seconds: float) -> Any | None:
        if self._process is None:
            self._process = self._start()
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process without pipes")
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        except BaseException:
            # What it still says would be taken for the answer to the next request.
            self._stop(process)
            self._process = None
            raise
        finally:
            timer.cancel()
        if line:
            return json.loads(line)
        self._stop(process)
        self._process = None
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        flags = ["--disable-warning=ExperimentalWarning", "--max-old-space-size=4096"]
        return subprocess.Popen(  # noqa: S603  # the node that was found, on our own script
            [self._node, *flags, SCRIPT, self.folder / "contracts.json"],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    @staticmethod
    def _stop(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                # What was not yet written has no reader any more.
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _diagnosis(self, contract: str, found: Mapping[str, str]) -> Diagnostic:
        where = str(self._contracts[contract].output)
        if found["code"] in ("ERR_MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"):
            message = f"the generated code can't be run from here: {found['failed']}"
            package = self._contracts[contract].validators.package
            hint = f"install {package} in the frontend: npm install {package}"
            return Diagnostic("verify-package", where, message, hint)
        message = f"the generated code can't be loaded: {found['failed']}"
        return Diagnostic("verify-load", where, message)


def _answer(found: Any) -> Answer:
    if found == 1:
        return UNCHANGED
    if "issues" in found:
        return Refused(
            tuple(Issue(tuple(path), text, code) for path, text, code in found["issues"])
        )
    if "thrown" in found:
        return Failed(f"the validator threw: {found['thrown']}")
    return Accepted(tuple((tuple(path), what) for path, what in found["changes"]), found["out"])


def pointer(path: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)
