a = 'single'
b = `back`
c = “smart”
d = 1;
e == 2
f: 3
g = 30m,
h = 1.2.3
i = b & b | b ** 2 ^ ~3
"j" = ${n}
k = "unclosed
l = [1, 2
m = "${s"
n {
  o = <<EOT 
x
EOT
p
q "x"
{
}}
