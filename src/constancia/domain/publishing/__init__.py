"""What is published: one frozen content, from which every output is written.

content (frozen) → document (blocks, per language) → HTML, PDF, DOCX; content → charts, open data, site
"""
