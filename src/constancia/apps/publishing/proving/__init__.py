"""How an edition is proven: totals without rows before it is signed, its place in the log afterwards."""
