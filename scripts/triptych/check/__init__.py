"""An article becomes its problems."""
