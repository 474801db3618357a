# comments // everywhere
a = 1 // one
/* two
   lines */ b = "x"
block {}
block "label" name "l\"2 $${" {
  c = true
  inner { d = null }

  e   = [1, 2]
  ff  = 3 # aligned
  ggg = 4 # below
}
größe = 名
for = if
