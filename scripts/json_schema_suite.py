"""
Fetches the JSON-Schema-Test-Suite into the folder that is named: the required tests of draft 2020-12.

It comes with the source distribution of the jsonschema package, which ``requirements/json-schema-suite.txt`` pins by hash.
Nothing of it is committed.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
REQUIREMENT = ROOT / "requirements" / "json-schema-suite.txt"
DRAFT = ("json", "tests", "draft2020-12")


def fetch(folder: Path) -> int:
    """The number of files that were written to ``folder``, which is made."""
    with tempfile.TemporaryDirectory() as temporary:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
        choice = ["--no-deps", "--no-binary", "jsonschema", "--require-hashes"]
        subprocess.run([*pip, *choice, "-r", str(REQUIREMENT), "-d", temporary], check=True)
        (archive,) = Path(temporary).glob("*.tar.gz")
        texts = dict(_tests(archive))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text)
    return len(texts)


def _tests(archive: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(archive) as files:
        found = []
        for member in files:
            parts = PurePosixPath(member.name).parts
            if member.isfile() and parts[1:-1] == DRAFT:
                held = files.extractfile(member)
                if held is not None:
                    found.append((parts[-1], held.read()))
    return found


if __name__ == "__main__":
    print(f"{fetch(Path(sys.argv[1]))} files")
