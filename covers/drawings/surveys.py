"""Covers of surveys and benchmarks: maps of a field instead of one method."""

from __future__ import annotations

import math

from parts import (
    CACHE,
    CARD,
    HIGHLIGHT,
    INK,
    KEPT,
    PRUNED,
    SHADE,
    TOKEN,
    Point,
    arrow,
    axes,
    block,
    cover,
    curve,
    dot,
    factors,
    grid,
    hollow,
    label,
    lines,
    polygon,
)
from svg import Shape


@cover(
    "notes/survey/efficient_NLP.svg",
    "Efficient methods for NLP: a survey",
    "Six stages from data to hardware as a chain; above each, what it costs shrinks.",
)
def efficient_nlp() -> list[Shape]:
    """Every stage of a model's life can be made cheaper."""
    heights = [(96, 62), (84, 44), (108, 70), (72, 34), (90, 40), (64, 36)]
    shapes = []
    for i, (before, after) in enumerate(heights):
        x = 28 + i * 44
        shapes += [
            hollow(x, 132 - before, 32, before),
            block(x, 132 - after, 32, after),
            polygon([(x - 2, 146), (x + 28, 146), (x + 38, 159), (x + 28, 172), (x - 2, 172), (x + 8, 159)], INK),
        ]
    return shapes


@cover(
    "notes/survey/eval_LLM.svg",
    "Evaluation of large language models: a survey",
    "A radar chart with six axes: a model is strong in some abilities and weak in others.",
)
def eval_llm() -> list[Shape]:
    """Many abilities at once."""
    angles = [math.radians(60 * k - 90) for k in range(6)]

    def corners(reach: list[float]) -> list[Point]:
        return [(160 + r * math.cos(a), 100 + r * math.sin(a)) for a, r in zip(angles, reach, strict=True)]

    outer = corners([76] * 6)
    scores = corners([66, 40, 60, 30, 68, 50])
    return [
        polygon(outer, SHADE, stroke=INK, stroke_width=3),
        polygon(corners([40] * 6), "none", stroke=PRUNED, stroke_width=2),
        lines([((160, 100), corner) for corner in outer], PRUNED, 2),
        polygon(scores, TOKEN, fill_opacity="0.35", stroke_width=5),
        *(dot(x, y, 8) for x, y in scores),
    ]


@cover(
    "notes/survey/compression_LLM.svg",
    "Model compression for large language models: a survey",
    "The four families of compression in four quarters: a sparse matrix, a quantised matrix, a"
    " large model that teaches a small one, and two low-rank factors.",
)
def compression_llm() -> list[Shape]:
    """Prune, quantise, distil, factorise."""
    return [
        lines([((160, 24), (160, 176)), ((28, 100), (292, 100))], PRUNED, 2),
        grid(60, 32, "#.# .## #..", 16, 4),
        grid(204, 32, "qqq qqq qqq", 16, 4),
        dot(68, 140, 28, KEPT),
        arrow((100, 140), (122, 140)),
        dot(136, 140, 11, KEPT),
        factors(202, 112, 56, 15),
    ]


@cover(
    "notes/2024/DHIB73MC/efficientinference.svg",
    "Efficient inference: a survey",
    "Three levels on top of each other: the data that goes in, the model, and the system that runs it.",
)
def efficient_inference() -> list[Shape]:
    """Data, model, system."""
    levels = [
        (24, "data", TOKEN, grid(168, 36, "ooooo", 20, 4)),
        (78, "model", KEPT, grid(168, 90, "#.##.", 20, 4)),
        (132, "system", CACHE, grid(168, 144, "ccccc", 20, 4)),
    ]
    return [
        shape
        for y, name, colour, sample in levels
        for shape in (
            block(24, y, 128, 44, colour, 6),
            label(88, y + 22, name, 22, CARD),
            sample,
        )
    ]


@cover(
    "notes/2024/VB8C61V6/llm-kick.svg",
    "LLM-KICK: the truth is rarely pure",
    "As compression grows, perplexity stays flat, while the model's knowledge falls away below"
    " it: the gap is what perplexity does not show.",
)
def llm_kick() -> list[Shape]:
    """Two measures that part."""
    gap = [(60, 58), (100, 58), (180, 60), (284, 66), (284, 160), (230, 138), (170, 100), (110, 68)]
    return [
        axes(36, 172, 260, 144),
        polygon(gap, SHADE),
        curve((44, 56), (100, 56), (180, 58), (286, 64), colour=INK, width=6),
        curve((44, 60), (80, 62), (110, 70), (170, 102), (230, 140), (286, 162), colour=HIGHLIGHT, width=7),
        label(206, 36, "perplexity", 18),
        label(108, 138, "knowledge", 18),
    ]
