"""What the values have in common of which pages show very many."""

from msgspec import Struct


class PageValue(Struct, frozen=True, array_like=True, gc=False):
    """A value of which there are tens of thousands; a dataclass takes longer to make, to compare and to encode."""
