"""Templates of tasks, looked after in the settings."""
