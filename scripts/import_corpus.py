"""
Import public documents, and write the tables of docs/importing.md: the losses of each document, and how often
each kind of loss is.

    python -m scripts.import_corpus FOLDER [SECONDS]

The documents are fetched by hand, and not committed. Each is FOLDER/SOURCE/NAME.json (or .yaml, .yml), where
SOURCE says where it is from, with a version ("SchemaStore 3b6446a"). An import that takes more than SECONDS (600) is
stopped. An outcome is kept beside its document, and a run that was stopped goes on from there: delete the
``*.outcome`` files to import everything again.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from samewire.errors import SamewireError
from samewire.importing import import_file

PAGE = Path(__file__).parents[1] / "docs/importing.md"
MARKS = ("<!-- corpus -->\n\n", "\n<!-- /corpus -->")
PRELOADED = ["samewire.importing", "datamodel_code_generator.parser.jsonschema"]
PROCESSES = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Outcome:
    """``losses`` by kind; ``refused`` is the code of an error, or empty, and ``stopped`` the seconds that were too few."""

    name: str
    source: str
    size: int
    seconds: float
    types: int = 0
    losses: dict[str, int] = field(default_factory=dict)
    refused: str = ""
    stopped: int = 0


def main(folder: Path, limit: int = 600) -> None:
    files = [each for each in folder.glob("*/*") if each.suffix in (".json", ".yaml", ".yml")]
    files.sort(key=lambda each: each.stat().st_size)
    with ThreadPoolExecutor(2) as pool:
        outcomes = []
        for each in pool.map(lambda file: _within(file, limit), files):
            outcomes.append(each)
            print(each.name, f"{each.seconds:.1f} s", each.refused, file=sys.stderr, flush=True)
    outcomes.sort(key=lambda each: (each.name.lower(), each.source))
    _write("\n".join((*_kinds(outcomes), "", *_documents(outcomes))))


def _within(file: Path, limit: int) -> Outcome:
    """The outcome of an import in a process of its own, which is ended when it takes too long."""
    kept = file.with_name(f"{file.name}.outcome")
    if not kept.exists():
        process = PROCESSES.Process(target=_keep, args=(file, kept))
        process.start()
        process.join(limit)
        if process.is_alive():
            process.kill()
            return Outcome(file.stem, file.parent.name, file.stat().st_size, limit, stopped=limit)
    return Outcome(**json.loads(kept.read_text(encoding="utf-8")))


def _keep(file: Path, kept: Path) -> None:
    text = json.dumps(asdict(tried(file)))
    kept.write_text(text, encoding="utf-8")


def tried(file: Path) -> Outcome:
    start, size, source = time.monotonic(), file.stat().st_size, file.parent.name
    try:
        made = import_file(file, file.name)
    except SamewireError as error:
        code = error.diagnostics[0].code
        return Outcome(file.stem, source, size, time.monotonic() - start, refused=code)
    kinds = dict(Counter(each.kind for each in made.losses))
    return Outcome(file.stem, source, size, time.monotonic() - start, made.types, kinds)


def _kinds(outcomes: Sequence[Outcome]) -> Iterator[str]:
    kinds = sum((Counter(each.losses) for each in outcomes), Counter[str]())
    yield "| kind | places | documents |"
    yield "|---|---|---|"
    for kind, count in kinds.most_common():
        yield f"| `{kind}` | {count:,} | {sum(kind in each.losses for each in outcomes)} |"


def _documents(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| document | source | kB | types | losses |"
    yield "|---|---|---|---|---|"
    for each in outcomes:
        start = f"| {each.name} | {each.source} | {each.size / 1000:,.0f} |"
        if each.stopped:
            yield f"{start} | stopped after {each.stopped} s |"
        elif each.refused:
            yield f"{start} | refused: [`{each.refused}`](errors.md#{each.refused}) |"
        else:
            yield f"{start} {each.types:,} | {sum(each.losses.values()):,} |"


def _write(tables: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, start, rest = page.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    PAGE.write_text(f"{before}{start}{tables}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    PROCESSES.set_forkserver_preload(PRELOADED)
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
