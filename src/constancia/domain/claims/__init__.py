"""What others say in numbers: claims, reading them out of text, and reconciling them."""
