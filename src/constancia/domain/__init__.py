"""What the project holds to be true: plain Python, no Django, no database, no network, no clock."""
