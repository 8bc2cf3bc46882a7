"""What happens to people, told over HTTP against a running server."""
