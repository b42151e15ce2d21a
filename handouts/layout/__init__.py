"""Blocks -> placed boxes -> pages: it says where things stand and whose content they are."""
