"""
Converts events of a vendor's client or an agent library to chunks: one module per vendor, none of which imports the vendor's
package.

See ``docs/adapters.md``.
"""

from samewire.ui_stream.adapters.adapter import Adapter
from samewire.ui_stream.adapters.calls import ToolCall
from samewire.ui_stream.adapters.values import ModelError, Usage

__all__ = ["Adapter", "ModelError", "ToolCall", "Usage"]
