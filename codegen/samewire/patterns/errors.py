"""What is raised where a pattern can't be read or translated."""

from __future__ import annotations


class PatternError(Exception):
    """
    A pattern that has no exact JavaScript form, or that its own engine would refuse.

    ``construct`` is the piece of the pattern as written, ``position`` its offset in code points from the start of the pattern,
    ``reason`` why it can't be translated, ``hint`` what to write instead. Whoever knows the model and field adds them.
    """

    def __init__(self, construct: str, position: int, reason: str, hint: str) -> None:
        super().__init__(f"{construct!r} at position {position}: {reason}; {hint}")
        self.construct = construct
        self.position = position
        self.reason = reason
        self.hint = hint


class PatternSyntaxError(Exception):
    """
    A source that JavaScript would not read. ``what`` is wrong, as the end of a sentence; ``hint`` what to write instead.
    """

    def __init__(self, what: str, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def refuse(pattern: str, at: tuple[int, int], reason: str, hint: str) -> PatternError:
    """The error for the piece of the pattern between two offsets."""
    start, end = at
    return PatternError(pattern[start:end], start, reason, hint)
