"""Imported first: says which Pydantic is needed, before anything fails for want of it."""

from samewire.pydantic_version import require_pydantic

require_pydantic()
