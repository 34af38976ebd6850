"""
What is generated for every feature and golden case, as a digest each: ``python -m tests.conformance.features.digests``.

Prints JSON by the name of the case. A case that this Python or Pydantic cannot express has none.
"""

from __future__ import annotations

import hashlib
import json
import sys
import warnings
from collections.abc import Iterator

from samewire.errors import SamewireError
from samewire.lower import lower
from samewire.scalars.decoded import JSON
from samewire.schema import dumps, load

from tests.golden import loading

from .case import Case
from .corpus import GROUPS
from .outcomes import BY_NAME, module_of, readable
from .pipeline import document_of
from .truth import Truth, WrongCaseError
from .truth import load as define

ZOD = BY_NAME["zod"]


def texts() -> Iterator[tuple[str, str]]:
    """The name of each case with all that is generated for it."""
    for group, cases in GROUPS.items():
        for case in filter(readable, cases):
            try:
                yield f"{group}/{case.name}", _feature(case, module_of(group, case))
            except WrongCaseError:
                continue  # a test of its own says so
    for name in loading.readable():
        golden = loading.generated(name)
        yield f"golden/{name}", json.dumps(golden.files)


def _feature(case: Case, module: str) -> str:
    _, adapter = define(case, module)
    document, diagnostics = document_of(case, Truth(module, adapter, None, None))
    text = dumps(document)
    if diagnostics:
        return "\n".join((text, *(f"{one.code} {one.where}" for one in diagnostics)))
    try:
        files = ZOD.render(lower(load(text, case.name), where=case.name), JSON)
    except SamewireError as error:
        return f"{text}\n{error}"
    own = {name: file for name, file in files.items() if not name.startswith("runtime/")}
    return text + json.dumps(own)


def main() -> None:
    warnings.simplefilter("ignore")
    wanted = sys.argv[1:]
    found = {}
    for name, text in texts():
        if name in wanted:
            print(text)
        found[name] = hashlib.sha256(text.encode()).hexdigest()[:16]
    if not wanted:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
