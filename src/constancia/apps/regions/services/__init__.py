"""Writing about regions' keys: making them, giving them, opening them, and letting somebody else see."""
