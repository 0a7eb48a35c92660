"""What runs in the reading process, and nowhere else: whatever imports the libraries that parse."""
