"""Work ends in time, and reaches only what it may."""
