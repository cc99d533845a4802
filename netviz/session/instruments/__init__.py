"""What the instruments say: numbers and sentences of a State; no Qt."""
