"""The same records in another order give the same bytes."""

from program import Program

SEED = 99
COMMANDS = [
    ["stats", "--json"], ["network", "--layer", "all", "--keep", "shared:1"], ["network", "--keep", "all", "--significance"],
    ["network", "--keep", "cosine:0.2", "--top", "2"], ["network", "--layer", "avatar"], ["clusters", "--json"],
    ["clusters", "--json", "--keep", "shared-within:1"], ["signals", "--json"], ["avatars", "--json"],
    ["query", "--json", "links>=1"], ["query", "--json", "single-purpose>=0"],
]


def check_order(report, program, make, folder):
    other_folder = folder / "shuffled"
    case = make(other_folder, SEED)
    other = Program(program.binary, other_folder / "cache.db")
    other.read(case.imports)
    wrong = [" ".join(command) for command in COMMANDS if program.run(*command) != other.run(*command)]
    report.say("the same records in another order", len(COMMANDS), wrong)
