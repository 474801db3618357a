host "eu" "web" { port = 80 }
host "eu" "db" { port = 5432 }
host "us" "web" { port = "81" }
