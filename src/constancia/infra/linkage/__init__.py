"""Splink, kept quiet and in memory. It knows nothing of detentions: tables of columns and levels."""
