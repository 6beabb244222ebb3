"""Greffier: French named entities and facts, from documents to tables."""
