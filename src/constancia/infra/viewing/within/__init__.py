"""What runs in the viewing process, and nowhere else: whatever imports the libraries that decode."""
