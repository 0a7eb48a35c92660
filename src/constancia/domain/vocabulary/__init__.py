"""Closed terms and their labels."""
