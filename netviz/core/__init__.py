"""What a network is and how it learns, in NumPy alone."""
