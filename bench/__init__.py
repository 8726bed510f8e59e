"""Benchmarks: `make bench`, or `python -m bench AREA`. How they measure: docs/methods/measuring.md."""
