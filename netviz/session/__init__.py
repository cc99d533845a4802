"""What is shown and every way to change it; no Qt."""
