// The program for boards. Embedded Swift has no entry point that sees the arguments, so C has it.

int spade_run_main(int argument_count, char **arguments);

int main(int argument_count, char **arguments) { return spade_run_main(argument_count, arguments); }
