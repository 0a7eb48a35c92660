"""Probable duplicates inside the register: what is suggested, and what people judge of it."""
