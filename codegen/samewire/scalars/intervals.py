"""Regular expressions for the decimal text of the integers between two limits."""

from __future__ import annotations


def integer_pattern(low: int | None, high: int | None) -> str:
    """
    A pattern for canonical integers (no leading zeros or plus sign) from ``low`` to ``high``, ``None`` for no limit.

    >>> integer_pattern(None, None)
    '^(?:0|-?[1-9][0-9]*)$'
    >>> integer_pattern(0, 12)
    '^(?:[0-9]|1[0-2])$'
    """
    if low is None and high is None:
        return "^(?:0|-?[1-9][0-9]*)$"
    parts: list[str] = []
    if low is None or low < 0:
        nearest = 1 if high is None or high >= 0 else -high
        parts += [f"-{part}" for part in _between(nearest, None if low is None else -low)]
    if high is None or high >= 0:
        parts += _between(max(low or 0, 0), high)
    return f"^(?:{'|'.join(parts)})$" if parts else "^(?!)$"


def _between(low: int, high: int | None) -> list[str]:
    """Alternatives for ``low <= n <= high``, both not negative, one number of digits at a time."""
    if high is None:
        width = len(str(low))
        longer = f"[1-9][0-9]{{{width},}}"
        return [*_between(low, 10**width - 1), longer]
    parts: list[str] = []
    while low <= high:
        top = min(high, 10 ** len(str(low)) - 1)
        parts += _same_width(str(low), str(top))
        low = top + 1
    return parts


def _same_width(low: str, high: str) -> list[str]:
    if not low:
        return [""]
    if low[0] == high[0]:
        return [low[0] + rest for rest in _same_width(low[1:], high[1:])]
    width = len(low) - 1
    first, last = int(low[0]), int(high[0])
    parts: list[str] = []
    if low[1:] != "0" * width:
        parts += [low[0] + rest for rest in _same_width(low[1:], "9" * width)]
        first += 1
    tail: list[str] = []
    if high[1:] != "9" * width:
        tail = [high[0] + rest for rest in _same_width("0" * width, high[1:])]
        last -= 1
    if first <= last:
        digit = str(first) if first == last else f"[{first}-{last}]"
        parts.append(digit + ("" if width == 0 else "[0-9]" if width == 1 else f"[0-9]{{{width}}}"))
    return parts + tail
