"""Strict local imitations of Facebook, YouTube and Zalo on one loopback port.

Standard library only. It imports no product code and no product code imports it: the only way in
is HTTP, exactly as with the real platforms. Start it with ``python -m publishers.sandbox``.
"""
