"""What a page pays for generated code: a bundle holds what is used, with every bundler."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.project import Project, project_in

MODELS = """
    import datetime as dt
    from enum import Enum, IntEnum
    from typing import Annotated, Any, Literal
    from uuid import UUID

    from pydantic import BaseModel, Field, JsonValue

    class Colour(Enum):
        RED = "red"
        BLUE = "blue"

    class Level(IntEnum):
        LOW = 1
        HIGH = 2

    class Tag(BaseModel):
        name: str = Field(min_length=1, max_length=20)
        colour: Colour | None

    class Article(BaseModel, extra="forbid"):
        title: str
        tags: list[Tag]
        votes: int = Field(ge=0)

    class Cat(BaseModel):
        kind: Literal["feline"] = "feline"
        born: dt.datetime

    class Dog(BaseModel):
        kind: Literal["canine"] = "canine"
        level: Level
        chip: UUID
        labels: dict[str, str]

    class Comment(BaseModel, extra="allow"):
        text: str = Field(pattern="^[a-z]+$")
        answers: list["Comment"]
        about: Annotated[Cat | Dog, Field(discriminator="kind")]
        constructor: JsonValue
        anything: Any
"""
CONFIG = """
    [contracts.zod]
    emits = ["models"]
    output = "zod"
    imports = ".ts"

    [contracts.both]
    emits = ["models"]
    output = "both"
    imports = ".ts"
    targets = ["zod", "guards"]

    [contracts.split]
    emits = ["models"]
    output = "split"
    imports = ".ts"
    targets = ["zod", "guards"]
    layout = "models"

    [contracts.mini]
    emits = ["models"]
    output = "mini"
    imports = ".ts"
    zod = "zod/mini"

    [contracts.stream]
    emits = ["samewire.ui_stream:UIMessageChunk"]
    output = "stream"
    imports = ".ts"
    zod = "zod/mini"

    [contracts.fast]
    emits = ["samewire.ui_stream:UIMessageChunk"]
    output = "fast"
    imports = ".ts"
    zod = "zod/mini"
    targets = ["zod", "guards"]
"""
INPUT = "JSON.parse(location.hash)"
PAGES = {
    "enum": 'import { Colour } from "./both/index.ts";\nconsole.log(Colour.RED);',
    "guard": f'import {{ isArticle }} from "./both/index.ts";\nconsole.log(isArticle({INPUT}));',
    "schema": f'import {{ ArticleSchema }} from "./zod/index.ts";\nconsole.log(ArticleSchema.safeParse({INPUT}));',
    "guarded": f'import {{ ArticleSchema }} from "./both/index.ts";\nconsole.log(ArticleSchema.safeParse({INPUT}));',
    "split": f'import {{ ArticleSchema }} from "./split/index.ts";\nconsole.log(ArticleSchema.safeParse({INPUT}));',
    "split-enum": 'import { Colour } from "./split/index.ts";\nconsole.log(Colour.RED);',
    "mini": f'import {{ ArticleSchema }} from "./mini/index.ts";\nconsole.log(ArticleSchema.safeParse({INPUT}));',
    "chunk": f'import {{ UIMessageChunkSchema }} from "./stream/index.ts";\nconsole.log(UIMessageChunkSchema.safeParse({INPUT}));',
    "chunk-guarded": f'import {{ UIMessageChunkSchema }} from "./fast/index.ts";\nconsole.log(UIMessageChunkSchema.safeParse({INPUT}));',
    "chunk-guard": f'import {{ isUIMessageChunk }} from "./fast/index.ts";\nconsole.log(isUIMessageChunk({INPUT}));',
}
BY_HAND = """
    const Tag = z.object({ name: %s, colour: %s });
    const Article = z.strictObject({ title: z.string(), tags: z.array(Tag), votes: %s });
    console.log(Article.safeParse(JSON.parse(location.hash)));
"""
PAGES["schema-by-hand"] = 'import * as z from "zod";' + BY_HAND % (
    "z.string().min(1).max(20)",
    'z.enum({ RED: "red", BLUE: "blue" }).nullable()',
    'z.number().check(z.refine(Number.isInteger, "no")).min(0)',
)
PAGES["mini-by-hand"] = 'import * as z from "zod/mini";' + BY_HAND % (
    "z.string().check(z.minLength(1), z.maxLength(20))",
    'z.nullable(z.enum({ RED: "red", BLUE: "blue" }))',
    'z.number().check(z.refine(Number.isInteger, "no"), z.gte(0))',
)
"""What the schemas above are to those who write them by hand."""

OTHERS = ("feline", "canine", "LOW", "answers", "chip", "[a-z]+")
"""What stands in the types that no page uses."""


@dataclass(frozen=True)
class Bundle:
    text: str

    @property
    def size(self) -> int:
        return len(self.text.encode())

    @property
    def zipped(self) -> int:
        return len(gzip.compress(self.text.encode(), 9))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Iterator[Project]:
    with project_in(tmp_path_factory.mktemp("bundles"), empty=True) as project:
        project.write("models.py", MODELS)
        project.write("samewire.toml", CONFIG)
        assert project.run("-q", "generate").code == 0
        for name, text in PAGES.items():
            project.write(f"{name}.ts", text)
        (project.root / "node_modules").symlink_to(node_modules, target_is_directory=True)
        yield project


@pytest.fixture(scope="module", params=["esbuild", "vite", "webpack", "rspack"])
def bundles(
    request: pytest.FixtureRequest, pages: Project, run_node: Callable[..., str]
) -> dict[str, Bundle]:
    script = Path(__file__).with_name("bundle.mjs")
    texts = json.loads(run_node(script, request.param, str(pages.root), *PAGES))
    return {name: Bundle(text) for name, text in texts.items()}


def test_one_enum_is_its_values(bundles: dict[str, Bundle]) -> None:
    for page in ("enum", "split-enum"):
        assert "red" in bundles[page].text
        assert bundles[page].size <= 62


def test_one_guard_is_itself_and_what_it_refers_to(bundles: dict[str, Bundle]) -> None:
    text = bundles["guard"].text
    assert "votes" in text
    assert "colour" in text
    assert not [each for each in (*OTHERS, "_zod") if each in text]
    assert bundles["guard"].size <= 1100


@pytest.mark.parametrize(
    ("page", "other", "most"),
    [
        ("schema", "schema-by-hand", 450),
        ("mini", "mini-by-hand", 450),
        # With the guards of the three types, for what is there and for what comes back.
        ("guarded", "schema-by-hand", 2_500),
        ("split", "schema-by-hand", 2_600),
    ],
)
def test_one_schema_is_itself_and_what_it_refers_to(
    bundles: dict[str, Bundle], page: str, other: str, most: int
) -> None:
    bundle, by_hand = bundles[page], bundles[other]
    assert "votes" in bundle.text
    assert "colour" in bundle.text
    assert not [each for each in OTHERS if each in bundle.text]
    assert bundle.size - by_hand.size <= most


def test_the_protocol_of_the_stream(bundles: dict[str, Bundle]) -> None:
    assert bundles["chunk"].zipped <= 10_700
    assert bundles["chunk-guarded"].zipped <= 12_770
    assert bundles["chunk-guard"].zipped <= 3_000
    assert "_zod" not in bundles["chunk-guard"].text
