"""What commands of every room print on a terminal, or into a pipe."""
