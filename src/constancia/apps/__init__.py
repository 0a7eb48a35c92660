"""Where the work is kept: one Django app per concept, each with the same furniture."""
