"""Records before and after become a report; claims become a table."""
