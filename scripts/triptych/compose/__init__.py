"""Values ready to print become HTML."""
