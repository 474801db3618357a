# In the repository, for every host. The mise tasks lie beside this file, in web, database and notify.
systemd "time" {
  unit = "chrony.service"
}

task "web" {
  description = "The shop"
  selector {
    match_labels = { role = "web" }
  }
  mise "site" {
    working_dir = "web"
  }
  systemd "nginx" {
    unit = "nginx.service"
  }
}

# Somebody looks at a database before it is changed: fluke run --only database --remediate applies it.
task "database" {
  description = "PostgreSQL and its schema"
  selector {
    match_labels = { role = "database" }
  }
  drift {
    policy = "alert_only"
  }
  systemd "postgresql" {
    unit = "postgresql.service"
  }
  mise "schema" {
    working_dir = "database"
  }
}

task "build" {
  description = "Build hosts"
  selector {
    match_labels = { role = "build" }
  }
  shell "user" {
    check   = "id builder"
    command = "useradd --system --create-home builder"
  }
  systemd "runner" {
    unit = "build-runner.service"
  }
}

notify "ops" {
  working_dir = "notify"
  task        = "alert"
}
