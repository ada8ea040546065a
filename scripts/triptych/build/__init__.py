"""The steps run: one article, its editions, a library, a cluster."""
