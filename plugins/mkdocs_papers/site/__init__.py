"""Everything that knows MkDocs, and nothing else does."""
