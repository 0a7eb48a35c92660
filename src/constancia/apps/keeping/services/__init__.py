"""What writes to backups, and to the register about them."""
