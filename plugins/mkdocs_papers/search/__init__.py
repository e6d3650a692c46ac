"""The index of the header's search, in pieces of which a reader's browser loads a few."""
