"""Rows for tests, one file per wing; people carry the names of their roles."""
