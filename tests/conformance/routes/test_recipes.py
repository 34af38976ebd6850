"""The recipes of docs/routes.md for other libraries are compiled and run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.conformance.routes.test_routes import compiled, project, served

HERE = Path(__file__).parent
PAGE = (HERE.parents[2] / "docs" / "routes.md").read_text("utf-8")
RECIPES = re.compile(r"^```ts\n// (\w+\.ts)(?:: [^\n]*)?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PATHS = """
interface Item { id: number; name: string; kind: "book" | "tool"; made_at: string }
type Answered = { responses: { 200: { content: { "application/json": Item } } } };
export interface paths {
  "/items/{item_id}": { get: { parameters: { path: { item_id: number } } } & Answered };
  "/lying": { get: Answered };
}
"""
"""As openapi-typescript writes it."""
SESSION = """
export const accessToken = async () => "stale";
export const renewSession = async () => "renewed";
"""


def test_recipes_run(
    tmp_path: Path, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    config = """
        [contracts.api]
        routes = ["recipe_app:app"]
        output = "generated/api"
        imports = ".ts"
        dates = "date"
        targets = ["zod", "fixtures"]
    """
    recipes = dict(RECIPES.findall(PAGE))
    assert sorted(recipes) == ["api.ts", "client.ts", "handlers.ts", "queries.ts", "swr.ts"]
    with project(tmp_path, node_modules, config) as made:
        shutil.copy(HERE / "recipe_app.py", tmp_path)
        shutil.copy(HERE / "recipes.ts", tmp_path)
        made.write("paths.ts", PATHS)
        made.write("session.ts", SESSION)
        recipes["api.ts"] = recipes["api.ts"].replace(
            "import.meta.env.VITE_API_URL", "process.argv[2]"
        )
        for name, text in recipes.items():
            made.write(name, re.sub(r'(from "\./.*)\.js"', r'\1.ts"', text))
        assert made.run("generate").code == 0
        compiled(tmp_path, node, node_modules)
        with served(tmp_path, "recipe_app:app") as address:
            assert run_node(tmp_path / "recipes.ts", address).strip() == "ok"
