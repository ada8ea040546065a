"""What runs in a process of its own, since it loads the programs that it measures; prints JSON."""
