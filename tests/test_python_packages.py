"""The table of real packages in docs/python.md is what the script last recorded, and the promise of the page holds in it."""

from __future__ import annotations

import json

from scripts.python_packages import BEGIN, END, PAGE, RECORD, section

RESULTS = json.loads(RECORD.read_text(encoding="utf-8"))


def test_the_page_says_what_was_measured() -> None:
    text = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert text.splitlines() == ["", "", *section(RESULTS), ""]


def test_no_package_has_errors_of_types() -> None:
    errors = {name: (each["mypy"], each["pyright"]) for name, each in RESULTS.items()}
    assert errors == dict.fromkeys(RESULTS, (0, 0))
    assert len(RESULTS) >= 10
