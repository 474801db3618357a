name { value = "b" }
name { value = "a" }
name { value = "b" }
