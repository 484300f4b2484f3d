"""What is measured, against whom. Each command prints its figures as lines ``name value``."""
