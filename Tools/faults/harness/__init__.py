"""What the scenarios share: the service under test, its clients, pictures, and the report."""
