"""Who of the register a name on a list is: candidates with a probability and the reasons, or nobody."""
