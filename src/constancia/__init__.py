"""Constancia: the register of people detained for political reasons, and the figures that follow from it."""

__version__ = "0.1.0"
