"""Machinery that knows nothing of detentions: database engines, keys, files, clock, columnar counting."""
