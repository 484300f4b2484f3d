"""A server of the Model Context Protocol: a language model asks a store, and cites what articles say.

    communique mcp news.duckdb

The official SDK (package ``mcp``) speaks the protocol; ``server.py`` says which tools there are. Nothing in
this room is imported by another, but for the command.
"""
