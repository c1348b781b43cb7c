"""What the task list, its panels and the card of a record share."""
