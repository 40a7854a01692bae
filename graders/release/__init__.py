"""What students get of an assignment: all public checks, and no answers."""
