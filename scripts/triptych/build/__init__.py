"""Run the steps: for one article, its editions, many articles, or on a cluster."""
