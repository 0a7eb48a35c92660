"""Witnesses: who says that a log only ever grew, for having seen it grow (C2SP tlog-witness).

    rules       what to answer, without network or disk
    store       what a witness has seen, kept before it answers
    keys        the key it cosigns with, in a file
    answering   one request from its bytes to the answer, in one transaction
    app         the same over HTTP
    client      what a log does: ask a witness, and check what it says

A witness needs no register and learns nothing but checkpoints: a name of a log, a size and a hash.
"""
