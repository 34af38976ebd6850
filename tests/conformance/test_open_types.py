"""TypeScript that is written against open types: known members are told apart, and others have a place."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from samewire.targets.guards.render import render_contract as render_guards
from samewire.targets.types.target import render_contract as render_types
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod

from .features import opened
from .features.batch import Complaints, Findings, Subject, Workbench
from .features.case import Case, accepts, both, emits
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
    [models], [shown, use, report] = (
        re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
        for language in ("python", "ts")
    )
    case = both("page", f"{models}\nRoot = Feed", ["Feed(status='sent', events=[])"], [{}])
    options = ZodOptions(import_extension=".ts", open="report")
    flavour = Flavour("page", lambda contract, _: render_zod(contract, options), ())
    generated = _generated(case, "open_types_page", flavour)
    assert generated.subject is not None
    assert shown in generated.subject.files["types.ts"]
    written = {"use.ts": use, "report.ts": report}
    used = {
        name: text.replace("./generated/feed/", "./").replace('.js"', '.ts"')
        for name, text in written.items()
    }
    subject = Subject("page", {**generated.subject.files, **used}, ())
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


REPORTING = Flavour(
    "guards-reporting",
    lambda contract, _: render_guards(
        contract, TypeScriptOptions(import_extension=".ts", open="report")
    ),
    ("guard",),
)
FOUND = """
const found = (value: unknown): unknown[] =>
  unknownMembersOfRoot(value).map(({ path, value: member }) => {
    const at = (inside: unknown, key: string | number): unknown =>
      typeof inside === "object" && inside !== null ? Reflect.get(inside, key) : undefined;
    const last = path[path.length - 1];
    const there = path.reduce(at, value);
    // What is found is there, or is the key of a dictionary.
    return there === member || last === member ? member : { lost: path };
  });
console.log(JSON.stringify(values.map(found)));
"""
MANY = emits(
    "places",
    """
    @Open
    class Status(StrEnum):
        SENT = 'sent'
    @Open
    class Size(IntEnum):
        S = 1
    class Created(BaseModel):
        type: Literal['created'] = 'created'
        status: Status = Status.SENT
    class Deleted(BaseModel):
        type: Literal['deleted'] = 'deleted'
    Event = Annotated[Created | Deleted, Field(discriminator='type'), Open]
    class Cat(BaseModel):
        kind: Literal['cat'] = 'cat'
        status: Status = Status.SENT
    class Dog(BaseModel):
        kind: Literal['dog'] = 'dog'
        status: str = ''
    class P(BaseModel):
        a: int = 0
        s: Status = Status.SENT
    class Q(BaseModel):
        a: str = ''
        s: str = ''
    class Node(BaseModel):
        value: Status | None = None
        children: list['Node'] = []
        by: dict[str, 'Node'] = {}
    class Root(BaseModel):
        model_config = ConfigDict(extra='allow')
        __pydantic_extra__: dict[str, Status]
        untagged: Cat | Dog = Cat()
        guarded: P | Q = P()
        mixed: Status | list[Size] | dict[str, Size] | int = 1
        keys: dict[Status, Size] = {}
        tree: Node = Node()
        pair: tuple[int, Size, Event] | None = None
        lists: list[Cat] | list[Dog] = []
        event: Event | P | None = None
        odd: Annotated[Literal['__proto__'], Open] | None = Field(None, alias='constructor')
    """,
    ["Root(more='sent')"],
    [{}],
)
_ROOT = {"untagged": {"kind": "cat", "status": "sent"}, "guarded": {"a": 0, "s": "sent"}}
_ROOT |= {"mixed": 1, "keys": {}, "tree": {"value": None, "children": [], "by": {}}}
_ROOT |= {"pair": None, "lists": [], "event": None, "constructor": None}
_LEAF = {"value": "x", "children": [], "by": {}}
PLACES: list[tuple[dict[str, object], list[object]]] = [
    ({"untagged": {"kind": "cat", "status": "x"}}, ["x"]),
    ({"untagged": {"kind": "dog", "status": "x"}}, []),
    ({"guarded": {"a": 0, "s": "x"}}, ["x"]),
    ({"guarded": {"a": "", "s": "x"}}, []),
    ({"mixed": "x"}, ["x"]),
    ({"mixed": [1, 2]}, [2]),
    ({"mixed": {"k": 2, "l": 1}}, [2]),
    ({"mixed": 7}, []),
    ({"keys": {"sent": 2, "x": 1}}, ["x", 2]),
    ({"tree": {"value": "sent", "children": [_LEAF], "by": {"constructor": _LEAF}}}, ["x", "x"]),
    ({"pair": [9, 2, {"type": "z", "type2": 1}]}, [2, {"type": "z", "type2": 1}]),
    ({"pair": [9, 1, {"type": "created", "status": "x"}]}, ["x"]),
    ({"lists": [{"kind": "cat", "status": "x"}, {"kind": "cat", "status": "y"}]}, ["x", "y"]),
    ({"lists": [{"kind": "dog", "status": "x"}]}, []),
    ({"event": {"type": "z"}}, [{"type": "z"}]),
    ({"event": {"type": "created", "status": "x"}}, ["x"]),
    ({"event": {"type": "deleted"}}, []),
    ({"event": {"a": 0, "s": "x"}}, ["x"]),
    ({"constructor": "y"}, ["y"]),
    ({"constructor": "__proto__"}, []),
    ({"more": "x", "__proto__": "sent"}, ["x"]),
]


def test_unknown_members_are_found(tmp_path: Path, node: Path, node_modules: Path) -> None:
    """Of every case what its readers keep, and nothing in what the backend writes; and in each kind of place what is there."""
    many = [json.dumps(_ROOT | changed) for changed, _ in PLACES]
    subjects, wanted = [], {}
    for index, case in enumerate([MANY, *opened.CASES]):
        truth = establish(case, f"unknown_members_{index}")
        if case.refused or truth.emits is None or not (case is MANY or truth.emits.kept):
            continue
        generated = generate(exported(case, truth), REPORTING)
        assert generated.subject is not None, (case.name, generated.diagnostics)
        kept = many if case is MANY else truth.emits.kept
        texts = [*truth.emits.right, *kept]
        use = [
            'import { unknownMembersOfRoot } from "./unknown-members.ts";',
            f"const values: unknown[] = {json.dumps(texts)}.map((each) => JSON.parse(each) as unknown);",
            FOUND,
        ]
        name = generated.subject.name
        files = {**generated.subject.files, "use.ts": "\n".join(use)}
        subjects.append(Subject(name, files, ()))
        wanted[name] = (case, len(truth.emits.right))
    assert len(subjects) > 20
    bench = Workbench(tmp_path, node, node_modules)
    assert _complaints(subjects, bench) == {}
    for name, (case, count) in wanted.items():
        (script,) = tmp_path.rglob(f"{name}/use.ts")
        done = subprocess.run([node, script], capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        assert found[:count] == [[]] * count, case.name
        if case is MANY:
            assert found[count:] == [members for _, members in PLACES]
        else:
            assert all(found[count:]), case.name


@pytest.mark.parametrize(
    ("member", "targets", "hint"),
    [
        ("A | B", (), 'add "guards"'),
        ("A | dict[str, Literal['x']] | dict[str, int]", ("guards",), "name"),
    ],
)
def test_members_that_nothing_tells_apart(member: str, targets: tuple[str, ...], hint: str) -> None:
    code = f"""
    @Open
    class Status(StrEnum):
        SENT = 'sent'
    class A(BaseModel):
        a: Status = Status.SENT
    class B(BaseModel):
        a: str = ''
    class Root(BaseModel):
        one: {member.replace("Literal['x']", "Status")} = A()
    """
    case = emits("apart", code, ["Root()"], [{}])
    options = TypeScriptOptions(open="report", beside=frozenset(targets))
    flavour = Flavour("types", lambda contract, _: render_types(contract, options), ())
    (problem,) = _generated(case, f"apart_{len(targets)}", flavour).diagnostics
    assert problem.code == "open-report"
    assert problem.where.endswith("Root.one")
    assert hint in (problem.hint or "")


OPEN_STATUS = """
    @Open
    class Status(StrEnum):
        SENT = 'sent'
    class Root(BaseModel):
        a: Status
"""


@pytest.mark.parametrize(
    ("case", "is_written"),
    [
        (emits("open", OPEN_STATUS, ["Root(a='sent')"], [{}]), True),
        (emits("closed", "class Root(BaseModel):\n    a: int", ["Root(a=1)"], [{}]), False),
        (accepts("taken", OPEN_STATUS, [{"a": "sent"}], [{}]), False),
    ],
    ids=["open", "closed", "accepted"],
)
def test_there_is_no_file_where_nothing_is_open(case: Case, is_written: bool) -> None:
    options = TypeScriptOptions(open="report")
    flavour = Flavour("types", lambda contract, _: render_types(contract, options), ())
    subject = _generated(case, f"without_{case.name}", flavour).subject
    assert subject is not None
    found = {name for name in subject.files if name.endswith("unknown-members.ts")}
    assert found == ({"unknown-members.ts", "runtime/unknown-members.ts"} if is_written else set())
