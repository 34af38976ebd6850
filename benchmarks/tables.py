"""
Writes docs/performance.md and the table of README.md from ``record.jsonl``, to which the benchmarks append what they measure.

Of the same table the last one counts, and stays. ``--check`` writes nothing, and fails where a page says something else.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from measure import written

_ROOT: Final = Path(__file__).resolve().parents[1]
RECORD: Final = Path(__file__).with_name("record.jsonl")
PAGE: Final = _ROOT / "docs" / "performance.md"
README: Final = _ROOT / "README.md"
_MARKED: Final = "<!-- {0}, by benchmarks/tables.py -->\n{1}<!-- end of {0} -->"


@dataclass(frozen=True, slots=True)
class Tables:
    """The last table of each name, with its title."""

    by_name: dict[str, tuple[str, list[list[str]]]]

    @classmethod
    def read(cls, record: str) -> Tables:
        tables = [json.loads(line) for line in record.splitlines()]
        return cls({_name(title): (title, cells) for title, cells in tables})

    def record(self) -> str:
        return "".join(
            json.dumps(table, ensure_ascii=False) + "\n" for table in self.by_name.values()
        )

    def text(self) -> str:
        return "\n".join(
            f"### {title}\n\n{written(cells)}\n" for title, cells in self.by_name.values()
        )

    def number(self, name: str, row: str, column: str, part: int = 0) -> float:
        """The number in a cell, of ``row`` by its first cells; ``part`` of those that a slash separates."""
        _, (header, *rows) = self.by_name[name]
        found = next(each for each in rows if "/".join(each).startswith(f"{row}/"))
        return float(found[header.index(column)].split(" / ")[part].replace(",", ""))


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One line of the summary. A ratio counts the time or size of ours; ``at_most`` or ``at_least`` is the goal. The README has the
    lines that are ``in_readme``.
    """

    what: str
    beside: str
    measured: Callable[[Tables], float]
    shown: str = "{:.2f}"
    at_most: float | None = None
    at_least: float | None = None
    in_readme: bool = False

    def row(self, tables: Tables) -> tuple[str, str, str, str]:
        value = self.measured(tables)
        shown = self.shown.format(value)
        if self.at_most is not None:
            goal, met = f"at most {self.shown.format(self.at_most)}", value <= self.at_most
        elif self.at_least is not None:
            goal, met = f"at least {self.shown.format(self.at_least)}", value >= self.at_least
        else:
            goal, met = "", True
        return self.what, self.beside, shown, goal if met else f"{goal}: missed"


def _chunk(
    row: str, base: str = "by hand", column: str = "mixed stream"
) -> Callable[[Tables], float]:
    name = "Validating one chunk"
    return lambda tables: tables.number(name, row, column) / tables.number(name, base, column)


def _encoded(kind: str) -> Callable[[Tables], float]:
    def ratio(tables: Tables) -> float:
        ours, theirs = (
            tables.number(kind, row, "ns") for row in ("samewire, bound encoder", "msgspec")
        )
        return ours / theirs

    return ratio


def _cell(name: str, row: str, column: str, part: int = 0) -> Callable[[Tables], float]:
    return lambda tables: tables.number(name, row, column, part)


def _bundle(row: str, base: str) -> Callable[[Tables], float]:
    def ratio(tables: Tables) -> float:
        return tables.number("Bundles", row, "esbuild") / tables.number("Bundles", base, "esbuild")

    return ratio


_GUARDED: Final = "zod with guards, safeParse"
_PAGE_KB: Final = "{:,.0f} bytes of gzip"
SUMMARY: Final = (
    Figure(
        "Validate a chunk of a stream: guard",
        "a check by hand",
        _chunk("guard"),
        at_most=1.3,
        in_readme=True,
    ),
    Figure(
        "Validate a chunk of a stream: zod that asks the guard",
        "a check by hand",
        _chunk(_GUARDED),
        at_most=1.3,
        in_readme=True,
    ),
    Figure(
        "Validate a chunk of a stream: zod that asks the guard",
        "plain zod",
        _chunk(_GUARDED, "plain zod, safeParse"),
        in_readme=True,
    ),
    Figure(
        "Refuse a wrong chunk: zod/mini that asks the guard",
        "a check by hand",
        _chunk("zod/mini with guards, safeParse", column="wrong chunk"),
        "{:.0f}",
        at_most=20,
    ),
    Figure(
        "Read a response to validated chunks",
        "reading it without validation",
        _cell("Reading a response to chunks", "zod with guards", "mixed stream"),
        at_most=1.05,
        in_readme=True,
    ),
    Figure(
        "Write a text delta",
        "msgspec, which checks nothing",
        _encoded("Text delta"),
        at_most=1,
        in_readme=True,
    ),
    Figure("Write a tool output of 2 KB", "msgspec", _encoded("2 KB tool output"), at_most=1.3),
    Figure("Write a finish", "msgspec", _encoded("Finish"), at_most=1.3),
    Figure(
        "`import samewire.ui_stream`",
        "`import pydantic` and one model",
        _cell("Import", "samewire.ui_stream", "ratio to pydantic"),
        at_most=1.3,
    ),
    Figure(
        "`generate` 1,000 models, cold",
        "importing them and Pydantic's own JSON Schema",
        _cell("Cold generation", "1,000", "ratio"),
        in_readme=True,
    ),
    Figure(
        "`generate` 1,000 models, without the time of that",
        "",
        _cell("Cold generation", "1,000", "own part"),
        "{:.1f} s",
        at_most=1,
    ),
    Figure(
        "`check` 1,000 models where nothing changed",
        "a check that imports them",
        lambda tables: 1 / tables.number("Unchanged check, process time", "1,000", "ratio"),
        "{:.3f}",
        in_readme=True,
    ),
    Figure(
        "`tsc` 7 on the schemas of 1,000 models",
        "their types alone",
        _cell("Type check of 1,000 models", "7/types alone", "ours / this"),
        at_most=3,
        in_readme=True,
    ),
    Figure(
        "`tsc` 7 on the schemas of 1,000 models",
        "zod schemas by hand, types by `z.infer`",
        _cell("Type check of 1,000 models", "7/z.infer", "ours / this"),
        in_readme=True,
    ),
    Figure(
        "`verify` 1,000 models, values a second",
        "",
        _cell("Verify, both directions, 20 examples of each", "1,000", "values/s"),
        "{:,.0f}",
        at_least=50_000,
    ),
    Figure(
        "Bundle of one schema",
        "the same by hand, zod",
        _bundle("one schema, zod", "the same by hand, zod"),
        in_readme=True,
    ),
    Figure(
        "Bundle of the UI message stream: zod/mini with guards",
        "",
        _cell("Bundles", "UI message stream, zod/mini with guards", "esbuild", 1),
        _PAGE_KB,
        at_most=10_000,
    ),
    Figure(
        "Bundle of the UI message stream: guard",
        "",
        _cell("Bundles", "UI message stream, guard", "esbuild", 1),
        _PAGE_KB,
        at_most=3_000,
    ),
)


def pages(tables: Tables) -> dict[Path, str]:
    """The pages with their tables."""
    rows = [figure.row(tables) for figure in SUMMARY]
    header = ("", "beside", "measured", "goal")
    summary = written([header, *rows]) + "\n"
    short = (
        written(
            [
                header[:3],
                *(row[:3] for figure, row in zip(SUMMARY, rows, strict=True) if figure.in_readme),
            ]
        )
        + "\n"
    )
    page = _with(PAGE.read_text("utf-8"), "summary", summary)
    return {
        PAGE: _with(page, "tables", f"\n{tables.text()}\n"),
        README: _with(README.read_text("utf-8"), "speed", short),
    }


def _with(text: str, name: str, body: str) -> str:
    """The text with another body between the two comments of a name."""
    pattern = re.compile(
        re.escape(_MARKED).replace(r"\{0\}", name).replace(r"\{1\}", ".*?"), re.DOTALL
    )
    replaced, count = pattern.subn(lambda _: _MARKED.format(name, body), text)
    if count != 1:
        raise SystemExit(f"no comments of {name!r} to write between")
    return replaced


def _name(title: str) -> str:
    """What a table is of, without the versions in parentheses."""
    return title.partition(" (")[0]


def main(*, check: bool) -> None:
    tables = Tables.read(RECORD.read_text("utf-8"))
    if not check:
        RECORD.write_text(tables.record(), "utf-8")
    for path, text in pages(tables).items():
        if not check:
            path.write_text(text, "utf-8")
        elif text != path.read_text("utf-8"):
            raise SystemExit(f"{path.name} is not what {RECORD.name} gives: run {__file__}")


if __name__ == "__main__":
    main(check="--check" in sys.argv)
