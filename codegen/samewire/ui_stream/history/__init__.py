"""
A conversation between a page and a model: what a post may change of it, and what a vendor's model is given of it.

One module a vendor, none of which imports its package. See ``docs/adapters.md``.
"""

from samewire.ui_stream.history.posted import PostError, PostRules, accept, with_reply
from samewire.ui_stream.history.values import UnreadableFileError

__all__ = ["PostError", "PostRules", "UnreadableFileError", "accept", "with_reply"]
