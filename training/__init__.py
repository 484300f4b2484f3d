"""How the language network is made: data, encoder, heads, training, export. See README.md beside this."""
