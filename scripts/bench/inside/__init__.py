"""Scripts that run in separate processes, since they load the programs they measure. They print JSON."""
