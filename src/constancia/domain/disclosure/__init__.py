"""No small group of people can be read or worked out from what is published."""
