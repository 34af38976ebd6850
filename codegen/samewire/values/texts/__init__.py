"""Texts: those that a pattern matches, and those of string formats."""
