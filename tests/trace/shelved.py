"""An invented document of two pages, and where it prints things."""

from __future__ import annotations

PAPER = (
    "# An invented paper\n\nThe opening says nothing.\f"
    "## Money\n\nSums are in billions of euros. "
    "The budget of 2024 (32,3) is above that of 2023 (30,8).<sup>7</sup> It rose by U.S. standards.\n\n"
    "The navy signed for 100 missiles, worth $301 million, in 2025.\n\n"
    "<sup>7</sup> Ministry, *An invented plan*, 2024, with 5 ships.\n"
)


def at(printed: str, nth: int = 0) -> int:
    """Where the paper prints something."""
    start = -1
    for _ in range(nth + 1):
        start = PAPER.index(printed, start + 1)
    return start
