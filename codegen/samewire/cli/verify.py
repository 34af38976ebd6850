# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""``samewire verify``."""

from __future__ import annotations

from pathlib import Path

import click

from samewire.cli.flags import command, exit_code
from samewire.settings import Settings


@command("verify")
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="NAME",
    help="Verify only this model: module:Class, or the class name. May be repeated.",
)
@click.option(
    "--changed",
    metavar="REF",
    help=(
        "Verify only the types whose definition in the committed schema document changed "
        "since this git commit."
    ),
)
@click.option(
    "--examples",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="How many random values to generate for each model, besides its edge values.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Draw other values."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="The time limit for one model in one direction, and for a factory. 0 is no limit.",
)
@click.option(
    "--factory",
    "factories",
    multiple=True,
    metavar="MODULE:FUNCTION",
    help="A function that returns instances of an emitted model. May be repeated.",
)
@click.option(
    "--payloads",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Recorded JSON, one value per line, for the model that --model names.",
)
@click.option("--no-types", is_flag=True, help="Skip the check with the frontend's own tsc.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def verify(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    models: tuple[str, ...],
    changed: str | None,
    examples: int,
    seed: int,
    time_limit: float,
    factories: tuple[str, ...],
    payloads: tuple[Path, ...],
    no_types: bool,
    as_json: bool,
) -> int:
    """
    Run real values through Pydantic and the generated validators.

    Shrinks every disagreement to the smallest value. Verifies what `generate` would write, and writes no files. Exits with 0 if
    both sides agree, 1 on a disagreement, and 2 on a mistake in the models or the configuration.
    """
    if payloads and len(models) != 1:
        raise click.UsageError("--payloads needs one --model that says what is in the file")
    from dataclasses import replace

    from samewire.cli.project import config_of
    from samewire.report import verified
    from samewire.report.progress import progress

    if as_json:
        settings = replace(settings, format="json")
    config = config_of(settings)
    from samewire.verify import SampleSources, VerifyOptions
    from samewire.verify import verify as run

    sources = SampleSources(factories, {models[0]: payloads} if payloads else {})
    before = None
    if changed is not None:
        from samewire.compat.baseline import baseline

        before = baseline(config, changed, "--changed")
    options = VerifyOptions(
        seed, examples, models, not no_types, sources, time_limit or None, before
    )
    with progress(settings) as report:
        outcome, plan = run(config, options, report)
    verified(outcome, plan, settings)
    return exit_code(plan, findings=bool(outcome.disagreements))
