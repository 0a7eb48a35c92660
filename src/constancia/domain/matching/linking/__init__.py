"""Two lists beside each other: how their columns are read, what is compared, what is learnt and told.

Nothing here knows a database or Splink: `infra/linkage` runs what this package lays out.
"""
