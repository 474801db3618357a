# nomad job run fluke.nomad.hcl: every client, twice an hour, with its own fluke and mise.
job "fluke" {
  type        = "sysbatch"
  datacenters = ["*"]

  periodic {
    crons            = ["*/30 * * * *"]
    prohibit_overlap = true
  }

  group "host" {
    task "run" {
      # Outside any isolation: what is applied is the host itself.
      driver = "raw_exec"

      config {
        command = "/usr/bin/fluke"
        args    = ["run", "--quiet", "--splay", "5m", "--lock-timeout", "5m", "/etc/fluke"]
      }

      env {
        HOME = "/root"
      }
    }

    # The next period tries again; until then a failure is to be seen as one.
    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }
  }
}
