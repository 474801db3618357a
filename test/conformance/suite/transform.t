result      = "WEB!"
result_type = string
