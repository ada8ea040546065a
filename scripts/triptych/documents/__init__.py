"""An article becomes each document and each edition."""
