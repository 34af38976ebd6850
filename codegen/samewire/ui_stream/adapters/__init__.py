"""
The events of a vendor's client, or of an agent library, as chunks: one module a vendor, none of which imports its package.

See ``docs/adapters.md``.
"""

from samewire.ui_stream.adapters.adapter import Adapter
from samewire.ui_stream.adapters.calls import ToolCall
from samewire.ui_stream.adapters.values import ModelError, Usage

__all__ = ["Adapter", "ModelError", "ToolCall", "Usage"]
