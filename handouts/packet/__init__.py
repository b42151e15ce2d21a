"""Discharge packets: leaflets joined to somebody else's PDF, which comes out as it went in.

qpdf (by pikepdf) writes the joined file, pypdf reads it a second time; both only in a worker
process.  `attach` is the whole job; `opening`, `joining`, `structure_graft` and `check` are its
steps.
"""
