"""Kinds of fact and the shapes they travel in."""
