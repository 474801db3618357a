a = [1, "2", [true, null], {}]
b = { x = 1, "y z" : 2, (s) = 3, "${s}" = 4, 5 = 6
  for = 7
}
c = [for v in l : v * 2 if v != 2]
d = { for k, v in o : upper(k) => v... if true }
e = {
  one   = [
    1, 2,
  ]
  three = { four = 5 }
}
f = [
  for v in l :
  v
]
