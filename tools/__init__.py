"""Programs for whoever works on the tree; the product does not need them."""
