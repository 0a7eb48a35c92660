"""The only readers of the logs that others use."""
