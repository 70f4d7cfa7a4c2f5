"""What people and staff do with contributions: speaking, answering, taking lists away."""
