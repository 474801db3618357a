#include "fluke/entry_point.h"

int main(int argc, char** argv) {
  return fluke::run_program(argc, argv);
}
