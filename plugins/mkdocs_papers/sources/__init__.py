"""From an identifier, an address or a file of another program to what is known of a paper."""
