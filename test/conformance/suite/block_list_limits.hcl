name {}
name {}
