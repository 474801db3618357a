#include "fluke/program.h"

int main(int argc, char** argv) {
  return fluke::run_program(argc, argv);
}
