"""The text engine: faces, shaping, line breaking; paragraphs become lines of ready operators.

It is the only place that knows glyphs, and it knows no document, page, clinic or colour.
"""
