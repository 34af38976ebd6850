"""Every command."""

from __future__ import annotations

from typing import Final

COMMANDS: Final = {
    "generate": (
        "samewire.cli.generate",
        "Write schema documents, TypeScript types and zod validators.",
    ),
    "check": ("samewire.cli.check", "Compare the files on disk with what would be generated."),
    "diff": ("samewire.cli.diff", "Print what `generate` would change as a unified diff."),
    "watch": ("samewire.cli.watch", "Generate again whenever an input changes."),
    "list": ("samewire.cli.listing", "List the types of each contract, and where they come from."),
    "inputs": ("samewire.cli.inputs", "Print the input files, for build tools."),
    "outputs": ("samewire.cli.outputs", "Print the generated files, for build tools."),
    "verify": (
        "samewire.cli.verify",
        "Run real values through Pydantic and the generated validators.",
    ),
    "compat": ("samewire.cli.compat", "Compare the contracts with the deployed ones."),
    "changelog": (
        "samewire.cli.changelog",
        "Print what changed in the contracts as release notes.",
    ),
    "import": (
        "samewire.cli.importing",
        "Write Pydantic models from OpenAPI, JSON Schema or zod.",
    ),
    "init": ("samewire.cli.init", "Set Samewire up in a project."),
}
"""Every command with its module, which has a function of the command's name, and its line of help; in order of use."""
