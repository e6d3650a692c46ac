"""All covers, grouped by subject: one function for each paper."""

from __future__ import annotations

from types import ModuleType

from drawings import activations, attention, low_rank, masks, quantised, serving, structure, surveys
from parts import Cover

SUBJECTS: tuple[ModuleType, ...] = (
    masks,
    structure,
    low_rank,
    quantised,
    activations,
    attention,
    serving,
    surveys,
)

COVERS: tuple[Cover, ...] = tuple(
    value for subject in SUBJECTS for value in vars(subject).values() if isinstance(value, Cover)
)
