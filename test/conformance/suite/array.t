# Parts of different types make a tuple.
result      = [1, "x", true]
result_type = tuple([number, string, bool])
