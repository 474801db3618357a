a = host.name
b = [for x in hosts : x.port if x.on][0] + port["a"]
