"""TypeScript that is written against open types: known members are told apart, and others have a place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .features.batch import Complaints, Findings, Subject, Workbench
from .features.case import Case, both
from .features.pipeline import Flavour, Generated, exported, generate, valibot, zod
from .features.truth import establish

pytestmark = pytest.mark.filterwarnings("ignore")

CASE = both(
    "open-types-in-typescript",
    """
    @Open
    class Status(StrEnum):
        SENT = 'sent'
        READ = 'read'
    @Open
    class Size(IntEnum):
        S = 1
        L = 2
    class Created(BaseModel):
        type: Literal['created'] = 'created'
        name: str = ''
    class Deleted(BaseModel):
        type: Literal['deleted', 'purged'] = 'deleted'
        count: int = 0
    class Root(BaseModel):
        status: Status = Status.SENT
        size: Size = Size.S
        event: Annotated[Created | Deleted, Field(discriminator='type'), Open] = Created()
        level: Annotated[Literal['info', 'error'], Open] = 'info'
    """,
    ["Root()"],
    [{"status": 1}],
)

USE = """\
import { type Root, type RootInput, type UnknownTag, RootSchema, Status } from "./index.ts";

/** A switch over the tag knows the members, and what is left is the one that is not listed. */
export function described({ event }: Root): string {
  switch (event.type) {
    case "created":
      return event.name.trim();
    case "deleted":
    case "purged":
      return event.count.toFixed();
    default: {
      const tag: UnknownTag = event.type;
      const text: string = event.type;
      const rest: unknown = event["anything"];
      return `${tag} ${text.length.toFixed()} ${typeof rest}`;
    }
  }
}

export function counted({ event }: Root): number {
  if (event.type === "created") return event.name.length;
  if (event.type !== "deleted" && event.type !== "purged") return event.type.length;
  return event.count;
}

/** Known members stay literals, others are texts. */
export function shown({ status, level, size }: Root): string {
  const known: Root["level"][] = ["info", "error", "debug"];
  const states: Root["status"][] = [Status.SENT, "read", "failed"];
  const sizes: Root["size"][] = [1, 3];
  if (status === Status.READ) return "read";
  // @ts-expect-error -- a number is no text
  const wrong: Root["status"] = 1;
  return [status.toUpperCase(), level.trim(), size.toFixed(), known, states, sizes, wrong].join();
}

/** What the backend reads is closed: a member that is not listed can't be sent back unseen. */
export function answered(root: Root): RootInput {
  const { event, status } = root;
  // @ts-expect-error -- it may be a status that the backend does not have
  const echoed: RootInput = { status };
  // @ts-expect-error -- and so may the event
  const again: RootInput = { event };
  const known: RootInput = event.type === "created" ? { event } : { status: "sent" };
  return { ...echoed, ...again, ...known };
}

/** Types of schemas are those of the types, unknown members included. */
export const parsed: Root = RootSchema.parse({});
"""


def _generated(case: Case, module: str, flavour: Flavour) -> Generated:
    return generate(exported(case, establish(case, module)), flavour)


PAGE = (Path(__file__).parents[2] / "docs" / "open-types.md").read_text(encoding="utf-8")


def test_the_page(tmp_path: Path, node: Path, node_modules: Path) -> None:
    """Its types are those that its models give, and its switch compiles."""
    [models], [shown, use] = (
        re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
        for language in ("python", "ts")
    )
    case = both("page", f"{models}\nRoot = Feed", ["Feed(status='sent', events=[])"], [{}])
    generated = _generated(case, "open_types_page", zod("zod", "zod", (4, 6)))
    assert generated.subject is not None
    assert shown in generated.subject.files["types.ts"]
    use = use.replace("./generated/feed/index.js", "./index.ts")
    subject = Subject("page", {**generated.subject.files, "use.ts": use}, ())
    assert _complaints([subject], Workbench(tmp_path, node, node_modules)) == {}


@pytest.mark.parametrize("flavour", [zod("zod", "zod", (4, 6)), valibot("valibot", "valibot")])
def test_typescript_tells_members_apart(
    tmp_path: Path, node: Path, node_modules: Path, flavour
) -> None:
    generated = _generated(CASE, f"open_types_{flavour.name}", flavour)
    assert generated.subject is not None, generated.diagnostics
    files = dict(generated.subject.files)
    use = USE
    if flavour.name == "valibot":
        use = use.replace("RootSchema.parse({})", "parse(RootSchema, {})")
        use = f'import {{ parse }} from "valibot";\n{use}'
    subject = Subject(generated.subject.name, {**files, "use.ts": use}, ())
    assert _complaints([subject], Workbench(tmp_path, node, node_modules)) == {}


def _complaints(subjects: list[Subject], bench: Workbench) -> Complaints:
    bench.put(subjects)
    findings = Findings()
    for compiler in ("typescript", "typescript5"):
        bench.compile(subjects, compiler, findings)
    return findings.complaints
