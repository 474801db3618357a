# The first choice that is not null counts.
result      = { x = 2, y = "z" }
result_type = object({ x = number, y = string })
