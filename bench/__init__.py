"""Benchmarks: how long the common deeds take, at three sizes of register. `make bench`."""
