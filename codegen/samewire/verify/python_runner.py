"""
What generated Python modules make of JSON texts: ``runner.mjs`` for the target ``python``, with the same requests and answers.

Run as a script, with a folder that has a module for each contract. It imports nothing of Samewire and nothing of the backend.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter, ValidationError

SHOWN = 8
SEPARATOR = "\x1e"
ABSENT = object()


def main(folder: Path) -> None:
    lines: list[str] = []
    arrived = threading.Condition()

    def read() -> None:
        for line in sys.stdin.buffer:
            with arrived:
                lines.append(line.decode())
                arrived.notify()
        shutil.rmtree(folder, ignore_errors=True)  # the command is gone
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        with arrived:
            arrived.wait_for(lambda: bool(lines))
            line = lines.pop(0)
        print(json.dumps(_answer(folder, line)), flush=True)  # noqa: T201  # the protocol


def _answer(folder: Path, line: str) -> Any:
    request, *texts = line.rstrip("\n").split(SEPARATOR)
    contract, name, explain = json.loads(request)
    try:
        module = _module(folder, contract)
        adapter = None if name is None else _adapter(module, name)
    except Exception as error:  # noqa: BLE001  # whatever it is, the module can't be used
        return {"failed": f"{type(error).__name__}: {error}", "code": ""}
    if adapter is None:
        return []
    return _explained(adapter, texts[0]) if explain else _judged(adapter, texts)


@cache
def _module(folder: Path, contract: str) -> ModuleType:
    """By a name that says what it is, since Pydantic looks names of types up in it."""
    name = f"samewire_verified_{contract.replace('-', '_').replace(' ', '_')}"
    spec = importlib.util.spec_from_file_location(name, folder / contract / "contract.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@cache
def _adapter(module: ModuleType, name: str) -> TypeAdapter[Any]:
    return TypeAdapter(getattr(module, name))


def _judged(adapter: TypeAdapter[Any], texts: list[str]) -> list[Any]:
    verdicts = ""
    details: list[Any] = []
    for text in texts:
        try:
            written = adapter.dump_json(adapter.validate_json(text), warnings="error")
        except ValidationError:
            verdicts += "r"
        except Exception as error:  # noqa: BLE001  # the module's own failure is an answer
            verdicts += "t"
            details.append(f"{type(error).__name__}: {error}"[:300])
        else:
            same = written == text.encode()
            changes = [] if same else list(_changes(json.loads(text), json.loads(written), ()))
            verdicts += "c" if changes else "a"
            if changes:
                details.append([changes[:SHOWN], written.decode()])
    return [verdicts, details]


def _changes(before: Any, after: Any, path: tuple[str | int, ...]) -> Iterator[Any]:
    match before, after:
        case dict(), dict():
            for key in {**before, **after}:
                yield from _changes(before.get(key, ABSENT), after.get(key, ABSENT), (*path, key))
        case list(), list():
            for at in range(max(len(before), len(after))):
                left, right = (each[at] if at < len(each) else ABSENT for each in (before, after))
                yield from _changes(left, right, (*path, at))
        case _:
            if after is ABSENT:
                yield [path, "lost"]
            elif before is ABSENT:
                yield [path, "added"]
            elif isinstance(before, bool) is not isinstance(after, bool) or before != after:
                yield [path, "changed"]


def _explained(adapter: TypeAdapter[Any], text: str) -> list[Any]:
    try:
        adapter.validate_json(text)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
        return [[each["loc"], each["msg"], each["type"]] for each in errors[:SHOWN]]
    except Exception as error:  # noqa: BLE001
        return [[[], f"{type(error).__name__}: {error}"[:300], ""]]
    return []


if __name__ == "__main__":
    main(Path(sys.argv[1]))
