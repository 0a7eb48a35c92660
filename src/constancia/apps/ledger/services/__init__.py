"""The only writers of the logs."""
