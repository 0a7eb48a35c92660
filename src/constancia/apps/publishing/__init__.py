"""Editions: what is published, frozen and in every form that it is read in."""
