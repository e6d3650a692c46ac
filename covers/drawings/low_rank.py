"""Covers on low-rank factors and adapters, alone and beside quantised weights."""

from __future__ import annotations

from parts import (
    CACHE,
    CARD,
    HIGHLIGHT,
    INK,
    QUANT,
    adapter,
    arrow,
    bell,
    block,
    cover,
    dot,
    extent,
    factors,
    frame,
    grid,
    line,
    lines,
    lock,
    pattern,
    plus,
    striped,
)
from svg import Shape


@cover(
    "notes/2022/lora/lora.svg",
    "LoRA",
    "A large locked square of weights beside two trapezia that narrow to a small rank: only"
    " these two factors are trained, and both paths are added up.",
)
def lora() -> list[Shape]:
    """The frozen matrix and the way around it."""
    return [
        line((160, 170), (84, 170), (84, 150)),
        line((160, 170), (236, 170), (236, 150)),
        line((84, 50), (84, 30), (236, 30), (236, 50)),
        dot(160, 170, 10),
        dot(160, 30, 14, CARD),
        plus(160, 30, 9),
        block(34, 50, 100, 100),
        lock(84, 98, CARD),
        adapter(186, 50, 100, 100),
    ]


@cover(
    "notes/2023/adalora/adalora.svg",
    "AdaLoRA",
    "An update as a product of three factors, with the singular values on the diagonal of"
    " the middle one. The less important ones are dropped, and with them a column and a row.",
)
def adalora() -> list[Shape]:
    """P, the diagonal, Q: two of four triplets are pruned."""
    kept = "!.!."
    return [
        grid(26, 50, pattern(6, 4, lambda _, c: kept[c]), 14, 3),
        grid(111, 67, pattern(4, 4, lambda r, c: kept[c] if r == c else "_"), 14, 3),
        frame(103, 59, 81, 81, INK, 2),
        grid(196, 67, pattern(4, 6, lambda r, _: kept[r]), 14, 3),
    ]


@cover(
    "notes/2023/LoSparse/losparse.svg",
    "LoSparse",
    "Two low-rank factors, one tall and one wide, plus a sparse matrix that holds what they miss.",
)
def losparse() -> list[Shape]:
    """W = UV + S."""
    return [
        factors(28, 48, 104, 20),
        plus(172, 112, 10),
        grid(192, 48, "#..# .... ..#. #...", 23, 4),
    ]


@cover(
    "notes/2023/loftq/loftq.svg",
    "LoftQ",
    "A matrix of weights above; below it, a quantised matrix and two low-rank factors. Arrows"
    " run from one to the other in turn: quantise, fit the rest, quantise again.",
)
def loftq() -> list[Shape]:
    """Two parts that are fitted to one matrix, in turn."""
    return [
        block(128, 24, 64, 64),
        striped(26, 98, 74, 74, 13),
        factors(200, 98, 72, 16),
        arrow((108, 120), (192, 120), colour=INK, width=5, bulge=24),
        arrow((192, 150), (108, 150), colour=INK, width=5, bulge=24),
        line((64, 88), (64, 56), (122, 56), width=3, dashed=True),
        line((246, 88), (246, 56), (198, 56), width=3, dashed=True),
    ]


@cover(
    "notes/2023/qlora/qlora.svg",
    "QLoRA",
    "Gradients flow through a frozen base model in four bits, drawn striped, into small"
    " adapters; optimiser state moves out to another memory page by page.",
)
def qlora() -> list[Shape]:
    """Three tiers: optimiser state, adapters, four-bit base."""
    xs = (28, 84, 140)
    return [
        striped(28, 132, 152, 44, 11),
        *(arrow((x + 20, 130), (x + 20, 110), width=4) for x in xs),
        *(adapter(x, 76, 40, 32) for x in xs),
        *(arrow((x + 20, 74), (x + 20, 58), width=4) for x in xs),
        *(block(x, 26, 40, 28, CACHE) for x in xs),
        arrow((186, 40), (224, 40), colour=CACHE, width=5, dashed=True),
        frame(230, 22, 62, 36, CACHE, 3),
        block(236, 28, 22, 24, CACHE),
        bell(204, 172, 92, 84, QUANT, stroke=4),
        lines([((x, 172), (x, 172 - h)) for x, h in
               [(212, 12), (228, 26), (238, 56), (246, 76), (254, 76), (262, 56), (272, 26), (288, 12)]],
              QUANT, 4),
        line((200, 174), (296, 174)),
    ]  # fmt: skip


@cover(
    "notes/2024/QA-LoRA/qalora.svg",
    "QA-LoRA",
    "Inputs are pooled in groups, each group has one entry of the adapter, and that entry"
    " merges into the zero point of the same group of quantised weights.",
)
def qa_lora() -> list[Shape]:
    """Three groups, from inputs through the adapter to the weights."""
    shapes = []
    for x in (24, 122, 220):
        middle = x + extent(4) / 2
        shapes += [
            grid(x, 26, "oooo"),
            lines([((x + 8 + 20 * i, 48), (middle, 68)) for i in range(4)]),
            block(middle - 14, 70, 28, 28, HIGHLIGHT),
            arrow((middle, 102), (middle, 124), colour=HIGHLIGHT, width=5),
            grid(x, 132, "qqqq qqqq"),
        ]
    return shapes


@cover(
    "notes/2024/L4Q/l4q.svg",
    "L4Q",
    "Weights and adapter are added first, in one frame; their sum then goes through a"
    " quantiser whose steps are learned, and comes out striped.",
)
def l4q() -> list[Shape]:
    """Merge, then quantise."""
    return [
        frame(24, 50, 128, 100, INK, 3),
        block(34, 74, 52, 52),
        plus(98, 100, 7),
        adapter(110, 74, 34, 52),
        arrow((156, 100), (176, 100)),
        line((180, 132), (192, 132), (192, 110), (206, 110), (206, 88), (220, 88), (220, 66), (232, 66),
             colour=HIGHLIGHT, width=5),
        striped(244, 74, 52, 52, 10),
    ]  # fmt: skip
