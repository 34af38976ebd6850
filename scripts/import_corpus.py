"""
Import public documents, and write the tables of docs/importing.md: the losses of each document, and how often
each kind of loss is.

    python -m scripts.import_corpus FOLDER

The documents are fetched by hand, and not committed: the files of FOLDER with the suffix .json, .yaml or .yml.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from samewire.errors import SamewireError
from samewire.importing import import_file

PAGE = Path(__file__).parents[1] / "docs/importing.md"
MARKS = ("<!-- corpus -->\n\n", "\n<!-- /corpus -->")


@dataclass(frozen=True)
class Outcome:
    """``losses`` by kind; ``refused`` is the code of an error, or empty."""

    name: str
    size: int
    losses: Counter[str]
    seconds: float
    refused: str = ""


def main(folder: Path) -> None:
    files = [each for each in folder.iterdir() if each.suffix in (".json", ".yaml", ".yml")]
    files.sort(key=lambda each: each.stat().st_size)
    with ProcessPoolExecutor(2) as pool:
        outcomes = []
        for each in pool.map(tried, files):
            outcomes.append(each)
            print(each.name, f"{each.seconds:.1f} s", each.refused, file=sys.stderr, flush=True)
    outcomes.sort(key=lambda each: each.name.lower())
    _write("\n".join((*_kinds(outcomes), "", *_documents(outcomes))))


def tried(file: Path) -> Outcome:
    start, size = time.monotonic(), file.stat().st_size
    try:
        made = import_file(file, file.name)
    except SamewireError as error:
        code = error.diagnostics[0].code
        return Outcome(file.stem, size, Counter(), time.monotonic() - start, code)
    kinds = Counter(each.kind for each in made.losses)
    return Outcome(file.stem, size, kinds, time.monotonic() - start)


def _kinds(outcomes: Sequence[Outcome]) -> Iterator[str]:
    kinds = sum((each.losses for each in outcomes), Counter[str]())
    yield "| kind | places | documents |"
    yield "|---|---|---|"
    for kind, count in kinds.most_common():
        yield f"| `{kind}` | {count:,} | {sum(kind in each.losses for each in outcomes)} |"


def _documents(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| document | kB | losses |"
    yield "|---|---|---|"
    for each in outcomes:
        size = f"| {each.name} | {each.size / 1000:,.0f}"
        if each.refused:
            yield f"{size} | refused: [`{each.refused}`](errors.md#{each.refused}) |"
        else:
            losses = sum(each.losses.values())
            yield f"{size} | {losses:,} |"


def _write(tables: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, start, rest = page.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    PAGE.write_text(f"{before}{start}{tables}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
