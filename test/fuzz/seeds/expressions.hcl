a = 1 + 2 * -3 / (4 - 5) % 6e-2
b = !b && n >= 80 || s != "text" && n < 1 == false
c = b ? n : z == null ? "x" : l[0]
d = o.b[0] == {} ? l.2 : l["1"]
e = o["a"] - n -1
f = l.*.x
g = l[*].x[*].y
h = [[1], [2]].*.0
i = upper("x${s}") == try(u, max(l...), 5)
j = x::y::z(1, 2,)
k = (
  1 +
  2
)
