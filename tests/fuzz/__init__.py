"""Inputs by chance, whole articles and single files: each ends with a result or a sentence. `make fuzz` runs them."""
