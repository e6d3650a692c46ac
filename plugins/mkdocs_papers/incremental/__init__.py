"""Values that are kept up to date after a change; knows nothing of papers."""
