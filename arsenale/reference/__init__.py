"""Reference data that comes with an installed package and is never copied into the repository."""
