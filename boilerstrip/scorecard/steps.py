"""Numbers cut into steps, by formula: so the card is a table that is indexed and not searched."""

from __future__ import annotations


def size_step(value: float, most: int = 16) -> int:
    """A size in half octaves: 0, 1, 1.4, 2, 2.8, 4 … are 0, 1, 2, 3, 4, 5 …"""
    step = int(value * value).bit_length()
    return step if step < most else most


# Of whole numbers, looked up: distances are asked for at every line. From there on all are as far as can be.
FARTHEST = 16
DISTANCE_STEPS = [size_step(n) for n in range(256)]


def share_step(part: float, whole: float) -> int:
    """A share in eighths, 0 to 8."""
    if whole <= 0.0 or part <= 0.0:
        return 0
    return min(8, int(8.0 * part / whole + 0.5))
