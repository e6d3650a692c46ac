"""A folder of records and notes, and the `Library` that they make."""
