port = {
  a = 1
}
