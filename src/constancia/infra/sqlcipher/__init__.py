"""A Django database backend over SQLCipher: one encrypted file, checked before it is trusted."""
