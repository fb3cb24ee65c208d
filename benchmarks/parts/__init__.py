"""The parts of `benchmarks.delivery`: one question each, printed beside its limit."""
