"""Values that are kept up after a change; knows nothing of papers."""
