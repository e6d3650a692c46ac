"""Covers on running models: tiers of memory, kernels, drafts."""

from __future__ import annotations

from parts import (
    CACHE,
    HIGHLIGHT,
    INK,
    TOKEN,
    Point,
    arrow,
    block,
    cover,
    dot,
    frame,
    grid,
    label,
    line,
    lines,
)
from svg import Shape


@cover(
    "notes/llm_in_a_flash/llm_in_a_flash.svg",
    "LLM in a flash",
    "Weights lie in large flash memory as bundles of a row and a column. Only the bundles of"
    " the neurons that are active now are copied up into small DRAM.",
)
def llm_in_a_flash() -> list[Shape]:
    """A big slow tier below, a small fast one above."""
    return [
        frame(106, 24, 116, 52, CACHE, 4),
        label(28, 50, "DRAM", 20, anchor="start"),
        *(grid(118 + 25 * i, 32, "# #", 17, 1) for i in range(2)),
        *(grid(118 + 25 * i, 32, "! !", 17, 1) for i in (2, 3)),
        frame(24, 118, 272, 54, CACHE, 4),
        label(28, 100, "flash", 20, anchor="start"),
        *(grid(36 + 25.5 * i, 127, "! !" if i in (4, 6) else "# #", 17, 1) for i in range(10)),
        arrow((146.5, 122), (174, 80), colour=HIGHLIGHT, width=5),
        arrow((197.5, 122), (202, 80), colour=HIGHLIGHT, width=5),
    ]


@cover(
    "notes/2024/flash_llm/cover.svg",
    "Flash-LLM",
    "Load as sparse, compute as dense: only the non-zero weights, packed, travel from memory;"
    " on the chip they are spread into a dense tile with zeros for the tensor core.",
)
def flash_llm() -> list[Shape]:
    """A packed list is unpacked on the chip."""
    tile = "#..#. .#..# #.#.. ..##. .#..#"
    pins = [172 + 24 * i for i in range(5)]
    return [
        grid(32, 52, "## ## ## ## ##", 16, 4),
        arrow((84, 100), (132, 100), colour=HIGHLIGHT, width=8),
        lines([((x, 24), (x, 32)) for x in pins] + [((x, 168), (x, 176)) for x in pins], INK, 6),
        frame(152, 34, 136, 132, INK, 5),
        grid(170, 50, tile, 16, 5),
    ]


@cover(
    "notes/2024/Eagle/eagle.svg",
    "EAGLE",
    "A tree of drafts. Each node pairs a feature, a square, with a token, a circle; the branch"
    " that the large model accepts is marked.",
)
def eagle() -> list[Shape]:
    """A draft tree and its accepted branch."""
    at: dict[str, Point] = {
        "root": (48, 100), "a": (118, 56), "b": (118, 146), "aa": (192, 32), "ab": (192, 80),
        "ba": (192, 122), "bb": (192, 168), "aba": (268, 56), "abb": (268, 104), "baa": (268, 148),
    }  # fmt: skip
    parent = {name: name[:-1] or "root" for name in at if name != "root"}
    accepted = ("root", "a", "ab", "abb")
    shapes: list[Shape] = [
        lines([(at[p], at[n]) for n, p in parent.items() if n not in accepted], INK, 3),
        line(*(at[n] for n in accepted), colour=HIGHLIGHT, width=7),
    ]
    for name, (x, y) in at.items():
        shapes += [
            block(x - 17, y - 9, 18, 18, TOKEN, 2),
            dot(x + 9, y, 11, HIGHLIGHT if name in accepted else TOKEN),
        ]
    return shapes
