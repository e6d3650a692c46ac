"""Covers on storing weights in few bits."""

from __future__ import annotations

import math

from parts import (
    HIGHLIGHT,
    INK,
    KEPT,
    PRUNED,
    QUANT,
    Point,
    arrow,
    bars,
    cover,
    dot,
    equals,
    frame,
    grid,
    line,
    lines,
    plus,
)
from svg import Shape


@cover(
    "notes/2023/omniquant/omniquant.svg",
    "OmniQuant",
    "A histogram of weights between two learned clipping bounds that move inwards; the tails beyond them are cut off.",
)
def omniquant() -> list[Shape]:
    """Bounds that are learned."""
    heights = [10, 16, 30, 50, 78, 104, 116, 104, 78, 50, 30, 16, 10]
    colours = [PRUNED] * 2 + [QUANT] * 9 + [PRUNED] * 2
    return [
        bars(39, 160, heights, colours, 14, 5),
        line((28, 164), (292, 164)),
        *(line((x, 40), (x, 176), colour=HIGHLIGHT, width=5) for x in (74.5, 245.5)),
        arrow((40, 52), (72, 52), colour=HIGHLIGHT, width=6),
        arrow((280, 52), (248, 52), colour=HIGHLIGHT, width=6),
    ]


@cover(
    "notes/2024/FrameQuant/framequant.svg",
    "FrameQuant",
    "Left: a vector on two axes. Right: the same vector on the three axes of a redundant frame,"
    " where its coordinates are rounded to a few levels.",
)
def framequant() -> list[Shape]:
    """From a basis to a redundant frame."""
    cx, cy = 226, 100

    def along(degrees: float, reach: float) -> Point:
        angle = math.radians(degrees)
        return (cx + reach * math.cos(angle), cy - reach * math.sin(angle))

    axes_of_frame = (30, 90, 150)
    return [
        line((40, 44), (40, 148), (128, 148)),
        arrow((40, 148), (73, 91), colour=KEPT, width=6),
        arrow((108, 100), (138, 100), width=5),
        lines([(along(a, -70), along(a, 70)) for a in axes_of_frame], INK, 3),
        *(dot(*along(a, r), 4.5, INK) for a in axes_of_frame for r in (-60, -40, -20, 20, 40, 60)),
        *(dot(*along(a, r), 11, QUANT) for a, r in [(30, 60), (90, 60), (150, 0)]),
        arrow((cx, cy), along(60, 66), colour=KEPT, width=6),
    ]


@cover(
    "notes/2024/SqueezeLLM/squeezeLLM.svg",
    "SqueezeLLM",
    "A matrix with a few outliers equals a dense quantised matrix plus a sparse matrix that holds only the outliers.",
)
def squeeze_llm() -> list[Shape]:
    """W = dense quantised + sparse outliers."""
    matrix = "##### #!### ####! ##### ##!##"
    dense = matrix.replace("#", "q").replace("!", "q")
    return [
        grid(25, 66, matrix, 11, 3),
        equals(108, 100, 8),
        grid(124, 66, dense, 11, 3),
        plus(206, 100, 8),
        frame(221, 61, 77, 77, INK, 2),
        grid(226, 66, matrix.replace("#", "_"), 11, 3),
    ]
