"""
Real values through both sides: Pydantic, and the generated validators in Node.

What is verified is the plan, not what is on disk. Layers: ``subjects`` (what there is to verify), ``cases`` (values),
``oracle`` and ``without_code`` (Pydantic's side), ``runner``, ``exchange`` and ``answers`` (the frontend's), ``javascript`` (JSON
as it has it), ``judge`` and ``policy`` (whether they agree, and what is refused on purpose), ``shrink``,
``run`` (one subject from values to disagreements), ``session`` (all of them in one process), ``worker`` and ``supervisor``
(processes that user code cannot take the command with).
"""

from __future__ import annotations

import importlib.util
import tempfile
import time
from pathlib import Path

from samewire.artifacts import Plan
from samewire.config import Config
from samewire.errors import Diagnostic, VerifyError
from samewire.pipeline import Built
from samewire.verify.findings import Disagreement, Kind, Outcome, PythonOnly, Tally, outcome_of
from samewire.verify.node import find_node
from samewire.verify.session import Session, VerifyOptions
from samewire.verify.supervisor import Progress, Supervisor
from samewire.verify.user_samples import SampleSources

__all__ = [
    "Disagreement",
    "Kind",
    "Outcome",
    "PythonOnly",
    "SampleSources",
    "Tally",
    "VerifyOptions",
    "verify",
    "verify_built",
]


def verify(
    config: Config, options: VerifyOptions, progress: Progress | None = None
) -> tuple[Outcome, Plan]:
    """
    All disagreements, and the plan that was verified, without its files.

    The models are imported and run in processes of their own.

    Raises:
        SamewireError: the configuration or a model is wrong as for ``generate``.
        VerifyError: Node, the validators' package, a package of the extra, or a model or factory that was named is not there.

    """
    package = "hypothesis"
    if importlib.util.find_spec(package) is None:
        message = f"verify makes texts of some patterns with {package}, which is not installed"
        hint = "pip install 'samewire[verify]'"
        raise VerifyError(Diagnostic("verify-extra", package, message, hint))
    started = time.perf_counter()
    results, plan = Supervisor(config, options, find_node(), progress).run()
    outcome = outcome_of(results, options.seed, options.examples)
    outcome.tally.seconds = time.perf_counter() - started
    return outcome, plan


def verify_built(config: Config, built: Built, options: VerifyOptions, node: Path) -> Outcome:
    """As :func:`verify`, of a plan that is there already, in this process."""
    with tempfile.TemporaryDirectory(prefix="samewire-verify-") as folder:
        session = Session(config, built, options, node, Path(folder).resolve())
        results = list(session.results(lambda _: None))
    return outcome_of(results, options.seed, options.examples)
