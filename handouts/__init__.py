"""Medical articles in, accessible clinic-branded PDF leaflets out."""

__version__ = "0.1.0"
