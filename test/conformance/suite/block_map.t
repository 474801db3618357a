# Several labels make maps of maps.
result = {
  eu = { web = { port = 80 }, db = { port = 5432 } }
  us = { web = { port = 81 } }
}
result_type = map(map(object({ port = number })))
