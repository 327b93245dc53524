import ArgumentParser

@main
struct Spade: ParsableCommand {}
