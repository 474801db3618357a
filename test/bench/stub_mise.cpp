// A mise that answers at once: it lists the tasks check and apply in any directory, and both
// succeed. What is left is the cost of fluke itself.
#include <cstdio>
#include <cstring>

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "tasks") == 0) {
    std::puts(R"([{"name":"check","source":"mise.toml"},{"name":"apply","source":"mise.toml"}])");
  }
  return 0;
}
