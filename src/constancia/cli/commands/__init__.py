"""One small module per command, or per family of commands: `COMMANDS` lists (name, function, help)."""
