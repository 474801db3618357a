# /etc/fluke/host.fluke.hcl on a web host: what the host is, and where everything else comes from.
host {
  labels = { role = "web" }
}

include "infra" {
  working_dir = "/var/lib/fluke/infra"
  git {
    url = "https://git.example.org/infra.git"
    verify {
      allowed_signers = "/etc/fluke/allowed_signers"
    }
  }
}
