"""
What a UI message stream opens and closes. The rules themselves are on the chunk classes.

They are those of the strictest client: what is in order here is in order for every version of ``ai`` from 5.0.0 on.
"""

from typing import Final

from samewire.streams import Block

STEP: Final = Block("step")
"""A call of the model."""

TEXT: Final = Block("text", key="id", inside=STEP)
REASONING: Final = Block("reasoning", key="id", inside=STEP)

CALL: Final = Block(
    "tool call",
    key="tool_call_id",
    inside=STEP,
    once=True,
    same=("tool_name", "dynamic"),
    alias="approval_id",
    states={
        "streaming": "scope",  # a later step would make a second part of it
        "called": "any",  # the client may run the tool, and the next reply go on from there
        "failed": "any",
        "approval-requested": "any",
        "approved": "any",
        "denied": "any",
        "preliminary": "end",
    },
)
"""A call of a tool. Its output may come in a later step, or in the reply that continues the message."""
