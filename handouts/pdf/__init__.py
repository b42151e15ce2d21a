"""PDF: draws pages, keeps the structure tree, and writes files that conform to what they claim."""
