"""Random bytes, guided by what they reach in the code: see `run`."""
