"""Mutation testing: small faults are put into the code, and the share that the tests notice is counted."""
