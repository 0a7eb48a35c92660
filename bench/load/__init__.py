"""Twenty people at work on one register, and a wave of releases while an edition is cut."""
