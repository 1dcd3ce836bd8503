"""What BI tools are given: the dashboard of bi/, with what the release says of itself."""
