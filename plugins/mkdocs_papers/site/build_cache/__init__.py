"""What ``mkdocs build`` keeps for the next build: what was read of each file, and finished pages."""
