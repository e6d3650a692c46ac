"""Ways of grouping and ordering a library."""
