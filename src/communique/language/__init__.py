"""From text to sentences, words, tree and names: the trained network, its tokenizer, its decoding.

Nothing here knows of politics.
"""
