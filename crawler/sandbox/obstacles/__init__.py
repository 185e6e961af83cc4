"""The troubles of real portals, laid over a world: one module a sort, all listed in ``catalogue``.

Each is deterministic and can be switched on by name, alone or with others, on a host or on part of
it. What was seen on real portals is the model; a meta refresh and a body over the size limit are
assumed cases. What a server in this process cannot make is left out: names that do not resolve,
hosts that answer by IPv6 only, and curve points that are no points (BAD_ECPOINT).
"""
