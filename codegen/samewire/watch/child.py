"""One run of ``samewire watch``: generates, and prints what it did and what it read as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samewire.cli.codes import CRASH, INTERRUPTED
from samewire.record.observe import Observation, observed


def main() -> int:
    """Generate; the configuration may be named by an argument."""
    config = Path(sys.argv[1]) if sys.argv[1:] else None
    try:
        with observed() as observation:
            code, written = _generated(config)
            report = _report(observation, code, written)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # noqa: BLE001  # whatever it is, the next change is another chance
        import traceback  # only here

        traceback.print_exc()
        return CRASH
    json.dump(report, sys.stdout)
    return code


def _report(
    observation: Observation, code: int, written: list[tuple[str, str]]
) -> dict[str, object]:
    from samewire.watch import inputs  # only what the models read is to be seen

    return {
        "code": code,
        "written": written,
        "files": inputs.files(observation),
        "folders": inputs.folders(observation),
    }


def _generated(config: Path | None) -> tuple[int, list[tuple[str, str]]]:
    """The exit code of ``generate``, and the files that it wrote and deleted; only what is wrong is said."""
    # ruff: noqa: PLC0415  # imported while it is observed
    from samewire.artifacts import unobstructed, write
    from samewire.cli.codes import ERROR
    from samewire.cli.flags import exit_code
    from samewire.cli.project import plan_of
    from samewire.errors import SamewireError
    from samewire.pydantic_version import require_pydantic
    from samewire.report import failure, generated
    from samewire.settings import Settings

    require_pydantic()
    settings = Settings("generate", config, -1)
    try:
        loaded, plan = plan_of(settings)
        plan = unobstructed(loaded.root, plan)
        written = write(loaded.root, plan)
    except SamewireError as error:
        failure(error.diagnostics, settings)
        return ERROR, []
    generated((), plan, settings)
    return exit_code(plan), [(entry.path, entry.action.value) for entry in written]


if __name__ == "__main__":
    sys.exit(main())
