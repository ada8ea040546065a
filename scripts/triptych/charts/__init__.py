"""Numbers become places on paper, in mm. No HTML."""
