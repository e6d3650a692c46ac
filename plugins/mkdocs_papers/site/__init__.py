"""Everything that knows MkDocs, and it alone."""
