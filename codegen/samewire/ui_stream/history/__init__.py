"""
A conversation between a page and a model: which changes a post may make, and what the vendor's model receives.

One module a vendor, none of which imports its package. See ``docs/adapters.md``.
"""

from samewire.ui_stream.history.posted import PostError, PostRules, accept, with_reply
from samewire.ui_stream.history.values import UnreadableFileError

__all__ = ["PostError", "PostRules", "UnreadableFileError", "accept", "with_reply"]
