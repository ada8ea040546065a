"""Triptych: read the article, check it, lay out, compose, typeset, prove, finish the files."""
