"""`constancia import`."""
COMMANDS = []
