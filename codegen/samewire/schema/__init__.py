"""
The schema document: its text, its pointers, and its keywords.

The boundary between ``export``, which builds a document, and ``lower``, which reads one. The form is described in
``docs/schema-format.md``.
"""

from __future__ import annotations

from samewire.schema.pointers import Pointer, find, fragment, parse, python_source
from samewire.schema.text import dumps, load

__all__ = ["Pointer", "dumps", "find", "fragment", "load", "parse", "python_source"]
