"""Editing from the pages of the owner's preview: requests become the same changes that commands make."""
