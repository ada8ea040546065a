"""An article becomes a list of its problems."""
