"""The bodies of the longer commands, imported when they are called."""
