"""
Every client of ``matrix.py``: ``ai`` 5.0.0, 5.0.277, 6.0.0, 6.0.326, 7.0.0 and 7.0.173, each on zod 3.25.76, 4.3.6 and 4.6.7.

Where a client does otherwise than meant, ``known.py`` says so. An entry of it that is no longer true fails.
"""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import ValidationError
from samewire.ui_stream import ChatRequest

from .known import known
from .matrix import PACKAGES, ZODS, Case, Client, cases, replies, scenarios

Differences = dict[str, Any]


@pytest.mark.parametrize("zod", ZODS)
@pytest.mark.parametrize("package", PACKAGES)
def test_a_client_does_what_is_meant(
    node: Path, node_modules: Path, tmp_path: Path, package: str, zod: str
) -> None:
    client = Client(package)
    single = cases(client)
    turns = list(replies(client))
    users = scenarios(client)
    job = {
        "frames": [_text(case.data) for case in single],
        "turns": [[name, _text(body)] for _, name, body, _ in turns],
        "requests": [
            {**asdict(one), "replies": [_text(reply) for reply in one.replies]} for one in users
        ],
    }
    (tmp_path / "job.json").write_text(json.dumps(job), encoding="utf-8")
    script = Path(__file__).with_name("matrix.mjs")
    done = subprocess.run(
        [str(node), "--no-warnings", str(script), package, zod, str(tmp_path)],
        cwd=node_modules.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-4000:]
    answer = json.loads(done.stdout)
    assert answer["zod"] == [zod]
    differences = dict(_of_frames(single, answer["frames"]))
    for turn, name, _, meant in turns:
        differences |= _of_turn(name, answer["turns"][name], meant, turn.data)
    for one in users:
        differences |= _of_requests(one.name, answer["requests"][one.name], len(one.replies))
    assert differences == known(package, zod)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _of_frames(single: list[Case], results: list[Any]) -> Iterator[tuple[str, Any]]:
    assert len(single) == len(results) > 300
    assert sum(case.meant is None for case in single) > 80
    for case, result in zip(single, results, strict=True):
        if result.get("values") != case.meant:
            yield case.name, result.get("error", "taken")


def _of_turn(name: str, chat: dict[str, Any], meant: dict[str, Any], data: Any) -> Differences:
    if chat["status"] != "ready" or len(chat["messages"]) != 2:
        return {name: f"{chat['status']}: {chat.get('error')}"}
    found: Differences = {}
    seen, wanted = dict(_leaves(chat["messages"][1])), dict(_leaves(meant))
    for path in sorted(seen.keys() | wanted.keys()):
        if seen.get(path, "absent") != wanted.get(path, "absent"):
            found[f"{name}: {path}"] = seen.get(path, "absent")
    if chat["data"] != list(data):
        found[f"{name}: onData"] = chat["data"]
    if chat["valid"] is False:
        found[f"{name}: valid"] = False
    return found


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]")
    else:
        yield path, value


def _of_requests(name: str, requests: list[dict[str, Any]], count: int) -> Differences:
    if len(requests) != count:
        return {name: f"{len(requests)} requests"}
    found: Differences = {}
    for index, request in enumerate(requests):
        where = f"{name}: request {index + 1}"
        if request["method"] == "GET":
            if request != {
                "method": "GET",
                "url": f"http://backend/api/chat/{quote('chat-1')}/stream",
            }:
                found[where] = request
            continue
        body = request["body"]
        try:
            again = json.loads(ChatRequest.model_validate(body).to_json())
        except ValidationError as error:
            found[where] = ", ".join(
                " ".join((".".join(map(str, one["loc"])), one["type"])) for one in error.errors()
            )
            continue
        if again != body:
            found[where] = again
        if json.loads(ChatRequest.model_validate_json(json.dumps(body)).to_json()) != again:
            found[f"{where}, read from JSON"] = "another"
    return found
