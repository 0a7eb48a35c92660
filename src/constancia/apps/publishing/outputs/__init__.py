"""From a content or a document to the bytes of a file that is published."""
