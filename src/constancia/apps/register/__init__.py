"""People, detentions, facts, sources, evidence, reviews: the register itself."""
