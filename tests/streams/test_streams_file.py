"""``streams.ts``, which is written where it is asked for: its types, with and without an order of the events."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.project import project_in

MODELS = """
    from typing import Annotated, Literal

    from pydantic import BaseModel, Field
    from samewire.streams import First, Last, ordered


    @ordered(First())
    class Begun(BaseModel):
        type: Literal["begun"] = "begun"


    @ordered(Last())
    class Done(BaseModel):
        type: Literal["done"] = "done"
        result: int


    Event = Annotated[Begun | Done, Field(discriminator="type")]


    class Said(BaseModel):
        said: str


    class Say(BaseModel):
        say: str
"""
CONFIG = """
    imports = ".ts"
    streams = true

    [contracts.events]
    emits = ["models:Event"]
    output = "events"

    [contracts.talk]
    emits = ["models:Said"]
    accepts = ["models:Say"]
    targets = [{targets}]
    output = "talk"
"""
USE = """
    import { EventSchema, type Event } from "./events/index.ts";
    import * as events from "./events/streams.ts";
    import { SaidSchema, SaySchema, type Said } from "./talk/index.ts";
    import * as talk from "./talk/streams.ts";

    export async function results(): Promise<number[]> {
      const found: number[] = [];
      for await (const event of events.readEvents("/events", EventSchema, { disorder: "throw" })) {
        if (event.type === "done") found.push(event.result);
      }
      return found;
    }

    export const answered = (response: Response): AsyncGenerator<Event, void, undefined> =>
      events.readEvents(response, EventSchema);
    export const heard: AsyncGenerator<Said, void, undefined> = talk.readEvents("/said", SaidSchema);

    export async function chat(): Promise<void> {
      const socket = await talk.openSocket("/talk", { emits: SaidSchema, accepts: SaySchema });
      socket.send({ say: "hello" });
      // @ts-expect-error
      socket.send({ said: "hello" });
      for await (const message of socket.messages) {
        const text: string = message.said;
        // @ts-expect-error
        message.say;
        if (text === "bye") socket.close();
      }
    }
"""


@pytest.mark.parametrize("targets", ['"zod"', '"valibot"'])
def test_its_types(tmp_path: Path, node: Path, node_modules: Path, targets: str) -> None:
    with project_in(tmp_path, empty=True) as project:
        project.write("models.py", MODELS)
        project.write("samewire.toml", CONFIG.replace("{targets}", targets))
        assert project.run("generate").code == 0
        assert project.run("check").code == 0
        project.write("use.ts", USE)
        (tmp_path / "node_modules").symlink_to(node_modules)
        (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        assert not (tmp_path / "talk" / "order.ts").exists()
        strict = (
            "--strict --noEmit --target es2022 --lib esnext,dom,dom.asynciterable --module nodenext"
        )
        further = "--skipLibCheck --allowImportingTsExtensions --exactOptionalPropertyTypes"
        done = subprocess.run(
            [
                str(node),
                str(node_modules / "typescript/bin/tsc"),
                *strict.split(),
                *further.split(),
                "use.ts",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_without_the_key_there_is_none(tmp_path: Path) -> None:
    with project_in(tmp_path, empty=True) as project:
        project.write("models.py", MODELS)
        config = CONFIG.replace("{targets}", '"zod"').replace("streams = true", "")
        project.write("samewire.toml", config)
        assert project.run("generate").code == 0
        assert not list(tmp_path.glob("*/streams.ts"))
        assert not list(tmp_path.glob("*/runtime/socket*"))
