"""What the benches of delivery stand on: a throw-away house, its sandbox, posts that are due, workers to kill."""
